package acceptance

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/stretchr/testify/require"
)

var screenshots = flag.String("screenshots", "", "write pictures of the page to this folder, for people to look at")

// browserPath finds Chromium, or Chrome, whose protocol is the same.
func browserPath() (string, error) {
	if path := os.Getenv("CHROMIUM"); path != "" {
		return exec.LookPath(path)
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("no Chromium on PATH: install it, on Debian with `apt-get install chromium`, or name one in the environment variable CHROMIUM")
}

// chromium is started once; each test has a tab of its own in it.
var chromium struct {
	sync.Once
	ctx  context.Context
	stop func()
	err  error
}

func startChromium() {
	path, err := browserPath()
	if err != nil {
		chromium.err = err
		return
	}
	profile, err := os.MkdirTemp("", "chromium-*")
	if err != nil {
		chromium.err = err
		return
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.WindowSize(1280, 800), chromedp.NoFirstRun, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-background-networking", true),
		// No name leads anywhere, so that nothing a page could ask for would be there.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"))
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stopBrowser := chromedp.NewContext(allocator)
	chromium.ctx = ctx
	chromium.stop = func() {
		stopBrowser()
		stopAllocator()
		os.RemoveAll(profile)
	}
	chromium.err = chromedp.Do(ctx)
}

// tests stops the browser when the tests are done.
type tests struct{ testscript.TestingM }

func (t tests) Run() int {
	code := t.TestingM.Run()
	if chromium.stop != nil {
		chromium.stop()
	}
	return code
}

// A tab is a page in a headless browser. What it asks the network for and what it
// complains of is noted from the first byte on.
type tab struct {
	t   testing.TB
	ctx context.Context

	mu       sync.Mutex
	requests []string
	faults   []string
}

type action = chromedp.Action[chromedp.Void]

// command is a command of the protocol as an action.
func command[P, R any](c cdp.Command[P, R], params P) action {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// media emulates a medium, "" for the screen, and the colour scheme.
func media(medium, scheme string) action {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Media:    medium,
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
}

// open opens the file in a tab of the size. Before it is loaded the actions are run:
// they emulate what is not the default.
func open(t testing.TB, file string, width, height int64, before ...action) *tab {
	t.Helper()
	chromium.Do(startChromium)
	if chromium.err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(chromium.err)
		}
		t.Skip(chromium.err)
	}
	p := &tab{t: t}
	ctx, closeTab := chromedp.NewContext(chromium.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.note))
	t.Cleanup(closeTab)
	require.NoError(t, chromedp.Do(ctx)) // the tab lives as long as the context of its first action
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	t.Cleanup(cancel)
	p.ctx = ctx
	p.do(command(network.Enable, network.EnableParams{}), command(log.Enable, cdp.Empty{}), chromedp.EmulateViewport(width, height), media("", "light"))
	p.do(before...)
	p.do(chromedp.Navigate(address(t, file)))
	return p
}

func address(t testing.TB, file string) string {
	t.Helper()
	name, fragment, _ := strings.Cut(file, "#")
	path, err := filepath.Abs(name)
	require.NoError(t, err)
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(path)}
	if fragment != "" {
		return u.String() + "#" + fragment
	}
	return u.String()
}

func (p *tab) note(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.requests = append(p.requests, e.Request.URL)
	case *runtime.EventExceptionThrown:
		p.faults = append(p.faults, (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error())
	case *runtime.EventConsoleAPICalled:
		var said []string
		for _, a := range e.Args {
			said = append(said, string(a.Value))
		}
		p.faults = append(p.faults, fmt.Sprintf("console.%s %s", e.Type, strings.Join(said, " ")))
	case *log.EventEntryAdded:
		p.faults = append(p.faults, fmt.Sprintf("%s: %s", e.Entry.Source, e.Entry.Text))
	}
}

func (p *tab) do(actions ...action) {
	p.t.Helper()
	require.NoError(p.t, chromedp.Do(p.ctx, actions...))
}

// eval evaluates an expression in the page; a promise is awaited.
func eval[T any](p *tab, expression string) T {
	p.t.Helper()
	value, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	require.NoError(p.t, err, expression)
	return value
}

// run evaluates an expression for what it does.
func (p *tab) run(expression string) {
	p.t.Helper()
	eval[bool](p, "(async () => { await ("+expression+"); return true })()")
}

// await waits for what the page does after an event of its own, such as the closing of
// a dialog.
func (p *tab) await(expression, want, why string) {
	p.t.Helper()
	got := ""
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if got = eval[string](p, expression); got == want {
			return
		}
	}
	require.Equal(p.t, want, got, why)
}

// press sends a key as a keyboard does; "Control+" before it holds that key.
func (p *tab) press(key string) {
	p.t.Helper()
	if key, ok := strings.CutPrefix(key, controlled); ok {
		p.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(chromedp.ModifierCtrl)))
		return
	}
	p.do(chromedp.KeyEvent(key))
}

// innocent fails if the page asked the network for anything but itself, or
// complained.
func (p *tab) innocent() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.requests) != 1 || !strings.HasPrefix(p.requests[0], "file://") {
		p.t.Errorf("the page asked for %q, want itself and nothing else", p.requests)
	}
	if len(p.faults) > 0 {
		p.t.Errorf("the page complains: %q", p.faults)
	}
}

// picture writes what the tab shows, if somebody wants to see it.
func (p *tab) picture(name string) {
	p.t.Helper()
	if *screenshots == "" {
		return
	}
	png, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	require.NoError(p.t, err)
	require.NoError(p.t, os.MkdirAll(*screenshots, 0o755))
	require.NoError(p.t, os.WriteFile(filepath.Join(*screenshots, name+".png"), png, 0o644))
}
