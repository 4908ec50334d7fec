package rehearse_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	commonpb "go.temporal.io/api/common/v1"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
)

// runs are the hooks of user code that a rehearsal calls, each with the reason. docs/live.md has the
// same list. All other hooks of the hostile Workers are never called.
var runs = map[string]string{
	"workflow functions, their coroutines, deferred functions and handlers":      "it is what is asked about",
	"interceptors of workflows: InterceptWorkflow, inbound and outbound methods": "they change what a command holds",
	spans:                        "they are not held back in a replay either",
	"data converters and codecs": "they make what a command holds",
	"failure converters":         "they make what a command holds",
	"context propagators: InjectFromWorkflow, ExtractToWorkflow":  "they make the context and the headers",
	"external storage: Retrieve, SelectDriver, Name":              "code cannot read a value that is elsewhere",
	"plugins: ConfigureWorkflowReplayer, ReplayWorkflow, Name":    "they set up all of that, and a roll replays",
	"PreferredVersionProvider":                                    "it decides what GetVersion gives",
	"Register, RegisterActivities and WorkerOptions of the stage": "they say which code it is",
}

// TestInert has Workers whose every hook acts: it writes a file, counts, and asks a server. A
// rehearsal calls those that docs/live.md lists, and no other.
func TestInert(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	stage := h.stage()
	r := recorded(t, stage, h.config(), "Hostile", "in", signal("go"), fires, signal("again"))
	acted := h.since()
	for _, hook := range []string{"local activity", "side effect", "mutable side effect", "Store", "logger of workflows",
		"code that does not replay", "InterceptActivity", "activity interceptor", "Extract", "span HandleSignal"} {
		require.NotZero(t, acted[hook], "a live Worker calls it, so the count means something: %s", hook)
	}
	require.NotZero(t, h.requests.Load())

	h.reset()
	x := rehearse.New(&rehearse.Options{Config: h.config()})
	t.Cleanup(x.Close)
	same := x.Rehearse(t.Context(), rehearse.Request{Stage: stage, Recording: r, Scope: rehearse.All})
	require.Empty(t, same.Failed)
	for _, e := range same.List {
		if e.News.Kind == rehearse.NewsRecorded {
			require.Equal(t, rehearse.AsRecorded, e.Kind, "unchanged code, values stored elsewhere: %+v", e)
		}
	}
	seen := map[rehearse.Kind]bool{}
	for _, code := range h.stages() {
		gone, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := x.At(gone, code, r, 4)
		require.ErrorIs(t, err, context.Canceled)
		for _, scope := range []rehearse.Scope{rehearse.Budgeted, rehearse.All} {
			effects := x.Rehearse(t.Context(), rehearse.Request{
				Stage: code, Reference: &stage, Recording: r, Scope: scope, Unsafe: true, Event: 5,
				Argument: func(rehearse.News) (*commonpb.Payloads, bool) { return &commonpb.Payloads{}, true },
			})
			require.Empty(t, effects.Failed, code.Name)
			for _, e := range effects.List {
				seen[e.Kind] = true
			}
		}
	}
	for _, kind := range []rehearse.Kind{rehearse.AsRecorded, rehearse.Stuck, rehearse.Unknown, rehearse.Closes} {
		require.True(t, seen[kind], "the rehearsals are of all kinds: %s", kind)
	}
	got := h.since()
	for hook, n := range got {
		if _, ok := runs[hook]; !ok {
			t.Errorf("a rehearsal calls a hook that is not listed, %d times: %s", n, hook)
		}
	}
	for hook := range runs {
		if got[hook] == 0 {
			t.Errorf("no rehearsal calls what is listed: %s", hook)
		}
	}
}

// TestListed holds docs/live.md against the list.
func TestListed(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "live.md"))
	require.NoError(t, err)
	_, section, _ := cutSection(string(page), "## What a rehearsal runs, and what it does not")
	told := map[string]string{}
	for _, row := range regexp.MustCompile(`(?m)^\| (.+?) \| (.+?) \|$`).FindAllStringSubmatch(section, -1) {
		if row[1] != "runs" && row[1] != "---" {
			told[row[1]] = row[2]
		}
	}
	if diff := cmp.Diff(runs, told); diff != "" {
		t.Errorf("docs/live.md (-test +page):\n%s", diff)
	}
}

func cutSection(page, title string) (before, section, after string) {
	i := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(title) + `$`).FindStringIndex(page)
	if i == nil {
		return page, "", ""
	}
	rest := page[i[1]:]
	if next := regexp.MustCompile(`(?m)^## `).FindStringIndex(rest); next != nil {
		return page[:i[0]], rest[:next[0]], rest[next[0]:]
	}
	return page[:i[0]], rest, ""
}

// TestRunsLocalActivities is the option that lets them run.
func TestRunsLocalActivities(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	stage := h.stage()
	r := recorded(t, stage, h.config(), "Hostile", "in", signal("go"), fires, signal("again"))
	for _, acts := range []bool{false, true} {
		h.reset()
		x := rehearse.New(&rehearse.Options{Config: h.config(), RunsLocalActivities: acts})
		_, err := x.At(t.Context(), stage, r, 4)
		require.NoError(t, err)
		x.Close()
		for _, hook := range []string{"local activity", "side effect", "mutable side effect", "Store"} {
			require.Equal(t, acts, h.since()[hook] > 0, "%s runs if that is asked for", hook)
		}
	}
}

// TestUnknown has code that asks for what nobody knows.
func TestUnknown(t *testing.T) {
	t.Parallel()
	h := newHostile(t)
	stage := h.stage()
	r := recorded(t, stage, h.config(), "Hostile", "in", signal("go"))
	x := rehearse.New(&rehearse.Options{Config: h.config()})
	t.Cleanup(x.Close)
	for name, why := range map[string]string{
		"new-local-activity": "runs local activity Charge", "new-side-effect": "runs a side effect",
		"new-mutable-side-effect": "runs mutable side effect other rate", "endless": "runs local activity Charge",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stages := h.stages()
			i := slices.IndexFunc(stages, func(s versioning.Stage) bool { return s.Name == name })
			e, err := x.At(t.Context(), stages[i], r, 4)
			require.NoError(t, err)
			require.Equal(t, rehearse.Unknown, e.Kind, fmt.Sprintf("%+v", e))
			require.Equal(t, why, e.Why)
			require.Equal(t, strings.Contains(name, "side-effect"), e.Code != nil, "the line is that of the call itself")
			require.Equal(t, rehearse.Effect{Point: 4, News: e.News, Kind: e.Kind, Task: e.Task, Why: e.Why, Code: e.Code},
				e, "nothing after the call is claimed")
		})
	}
}
