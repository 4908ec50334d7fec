package acceptance

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A guide is a page of the docs whose commands are run as a reader would: each block
// of sh in the folder and with the variables that the one before has left.
//
//	<!-- fails -->      the block after it exits with another code than 0
//	<!-- terminal -->   the block after it goes on in another terminal, until the page ends
//	<!-- output -->     the block after it shows what the block of sh before it has printed,
//	                    or what to wait for in the other terminal; … stands for anything
//	<!-- file: NAME --> the block after it is that file, from the folder of the sample
//	<!-- not run -->    the block after it is for another machine
type guide struct {
	t      *testing.T
	name   string
	home   string // keeps what a block leaves to the next one
	clone  string
	output string // of the block before
	// terminal holds what the other terminal of the block before prints, "" if it had none.
	terminal string
}

// block is a fenced block of a page, with the comment that stands before it.
type block struct {
	comment, language, text string
	line                    int
}

var fenced = regexp.MustCompile("(?m)^(?:<!-- (.+?) -->\n)?```(\\w*)\n((?s:.*?))^```$")

func blocks(markdown string) (all []block) {
	for _, m := range fenced.FindAllStringSubmatchIndex(markdown, -1) {
		group := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return markdown[m[2*i]:m[2*i+1]]
		}
		all = append(all, block{group(1), group(2), group(3), strings.Count(markdown[:m[0]], "\n") + 1})
	}
	return all
}

// follow does what the page says, in a copy of the repository.
func follow(t *testing.T, name string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", name))
	require.NoError(t, err)
	p := &guide{t: t, name: name, home: t.TempDir(), clone: filepath.Join(t.TempDir(), "replaymatrix")}
	p.copyRepository()
	p.leave(p.clone, "")
	for _, b := range blocks(string(text)) {
		p.do(b)
	}
}

func (p *guide) do(b block) {
	p.t.Helper()
	where := fmt.Sprintf("%s:%d", p.name, b.line)
	kind, argument, _ := strings.Cut(b.comment, ": ")
	switch {
	case kind == "output" && p.terminal != "":
		p.wait(where, b.text)
	case kind == "output":
		fault := p.compare(b.text)
		require.Empty(p.t, fault, "%s: %s\n%s", where, fault, p.output)
	case kind == "file":
		data, err := os.ReadFile(filepath.Join(p.clone, "testdata", "consumer", argument))
		require.NoError(p.t, err, where)
		require.Contains(p.t, string(data), b.text, "%s: the page shows %s otherwise", where, argument)
	case b.language != "sh" || kind == "not run":
	case kind == "terminal":
		p.start(where, b.text)
	default:
		p.terminal = ""
		failed := p.run(b.text)
		require.Equal(p.t, kind == "fails", failed, "%s: %s\n%s", where, b.text, p.output)
	}
}

// copyRepository copies what a clone would have, and what is not committed yet.
func (p *guide) copyRepository() {
	p.t.Helper()
	script := `mkdir -p "$1" && cd .. && git ls-files -co --exclude-standard -z | while IFS= read -r -d '' f; do
	[ -e "$f" ] && printf '%s\0' "$f"; done | tar -cf - --null -T - | tar -xf - -C "$1"
cd "$1" && git init -q && git add -A && git -c user.name=a -c user.email=a@example.com commit -qm all`
	out, err := exec.Command("bash", "-c", script, "bash", p.clone).CombinedOutput()
	require.NoError(p.t, err, "%s", out)
}

// run runs the commands until one fails, and keeps what they print.
func (p *guide) run(commands string) (failed bool) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 15*time.Minute)
	defer cancel()
	out, err := p.command(ctx, commands).CombinedOutput()
	p.output = string(out)
	return err != nil
}

func (p *guide) command(ctx context.Context, commands string) *exec.Cmd {
	script := `cd "$(cat "$HOME_OF_PAGE/folder")"; . "$HOME_OF_PAGE/variables"
trap 'pwd > "$HOME_OF_PAGE/folder"; export -p > "$HOME_OF_PAGE/variables"' EXIT
set -e
` + commands
	cmd := exec.CommandContext(ctx, "bash", "-c", script)
	cmd.Env = append(os.Environ(), "HOME_OF_PAGE="+p.home)
	cmd.WaitDelay = 10 * time.Second
	return cmd
}

func (p *guide) leave(folder, variables string) {
	p.t.Helper()
	require.NoError(p.t, os.WriteFile(filepath.Join(p.home, "folder"), []byte(folder), 0o600))
	require.NoError(p.t, os.WriteFile(filepath.Join(p.home, "variables"), []byte(variables), 0o600))
}

var seconds = regexp.MustCompile(`\b\d+(\.\d+)?m?s\b`)

// compare looks for the lines in what was printed, one after the other, and returns
// what is wrong. A page may indent less than the command does.
func (p *guide) compare(want string) (fault string) {
	var printed []string
	for line := range strings.Lines(p.output) {
		printed = append(printed, seconds.ReplaceAllString(strings.TrimSpace(line), "TIME"))
	}
	at, next := 0, true // whether the line has to be the next one
	for line := range strings.Lines(seconds.ReplaceAllString(want, "TIME")) {
		if line = strings.TrimSpace(line); line == "…" {
			next = false
			continue
		}
		begins, cut := strings.CutSuffix(line, "…")
		i := slices.IndexFunc(printed[at:], func(got string) bool { return got == line || cut && strings.HasPrefix(got, begins) })
		switch {
		case i < 0:
			return fmt.Sprintf("the page shows this line and the command does not print it there: %q", line)
		case next && i > 0:
			return fmt.Sprintf("this is printed before %q: %q", line, printed[at:at+i])
		}
		at, next = at+i+1, true
	}
	return ""
}

// wait waits until the other terminal shows the lines.
func (p *guide) wait(where, want string) {
	p.t.Helper()
	fault := ""
	for end := time.Now().Add(15 * time.Minute); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		text, err := os.ReadFile(p.terminal)
		require.NoError(p.t, err)
		p.output = string(text)
		if fault = p.compare(want); fault == "" {
			return
		}
	}
	p.t.Fatalf("%s: %s\n%s", where, fault, p.output)
}
