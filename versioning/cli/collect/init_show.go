package collect

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/replaymatrix/replaymatrix/versioning/cli/internal/shell"
	"github.com/replaymatrix/replaymatrix/versioning/scaffold"
)

// showPackage tells which workflows were found, and which functions are none.
func (c commands) showPackage(p *scaffold.Package) {
	fmt.Fprintf(c.Stdout, "Workflows of %s:\n", p.ImportPath)
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	for _, found := range p.Workflows {
		name := found.Func
		if found.Receiver != "" {
			name = found.Receiver + "." + found.Func
		}
		registered := ""
		if found.Registered != "" {
			registered = ", registered at " + found.Registered
		}
		if found.Unread {
			registered += " under a name that is computed: correct it in the files"
		}
		fmt.Fprintf(w, "  %s\t%s\ttype %s%s\n", name, found.At, strings.Join(found.Types, ", "), registered)
	}
	_ = w.Flush() // a write that fails is noticed by the command
	for _, left := range p.LeftOut {
		fmt.Fprintf(c.Stdout, "  left out: %s at %s: %s\n", left.Func, left.At, left.Why)
	}
	fmt.Fprintln(c.Stdout)
}

// showPlan lists the files, and what is in those that are new.
func (c commands) showPlan(p *scaffold.Package, files []scaffold.File, whole bool) {
	fmt.Fprintf(c.Stdout, "Files, in the folder of module %s:\n", p.Module.Path)
	w := tabwriter.NewWriter(c.Stdout, 0, 0, 2, ' ', 0)
	for _, f := range files {
		what := shell.Counted(strings.Count(f.Text, "\n"), "line")
		if f.Exists {
			what = "exists, and is left as it is"
			if f.Is != "" {
				what = "is " + f.Is + ", and is left as it is"
			}
		}
		fmt.Fprintf(w, "  %s\t%s\n", f.Path, what)
	}
	_ = w.Flush()
	fmt.Fprintln(c.Stdout)
	shown := map[string]bool{}
	for _, f := range files {
		// The folders of the recordings differ in the names of their families only.
		if name := path.Base(f.Path); whole && !f.Exists && !(name == "README.md" && shown[name]) {
			fmt.Fprintf(c.Stdout, "%s:\n\n%s\n", f.Path, indented(f.Text))
			shown[name] = true
		}
	}
}

// oldestGo is the version of Go that this module needs.
const oldestGo = "1.26"

// showNext tells what is left to do, as commands to type in the folder of the module.
func (c commands) showNext(p *scaffold.Package, options scaffold.Options, written int) {
	out := func(format string, args ...any) { fmt.Fprintf(c.Stdout, format+"\n", args...) }
	out("Wrote %s. Next, in the folder of the module:", shell.Counted(written, "file"))
	out("")
	if !p.Module.Requires {
		out("  # replaymatrix is not published yet: let go.mod name your clone of it")
		out("  go mod edit -require %[1]s@v0.0.0 -replace %[1]s=../replaymatrix", shell.Module)
	}
	note := ""
	if p.Module.Go != "" && older(p.Module.Go, oldestGo) {
		note = "  # raises the go line of go.mod from " + p.Module.Go
	}
	out("  go mod tidy%s", note)
	first := p.Workflows[0].Family
	out("  temporal workflow show --workflow-id ID --output json > %s",
		filepath.FromSlash(p.Recordings(first)+"/NAME.json"))
	if options.Command {
		out("  # or several at once, without the data in them")
		out("  go run ./cmd/%s pull --workflow-type %s --redact %s", p.Program(), p.Workflows[0].Types[0],
			filepath.FromSlash(p.Recordings(first)))
	}
	out("  %s", p.TestCommand())
	if options.Command {
		out("  go run ./cmd/%s", p.Program())
	}
	out("")
	out("Until the folder of a family has a recording, its test fails and says how to get one.")
	if !options.GitHub {
		out("In your pipeline, the same go test is all that is needed.")
	}
}

// older compares versions of Go such as 1.9 and 1.26.3.
func older(version, than string) bool {
	var major, minor, wantMajor, wantMinor int
	_, _ = fmt.Sscanf(version, "%d.%d", &major, &minor)
	_, _ = fmt.Sscanf(than, "%d.%d", &wantMajor, &wantMinor)
	return major < wantMajor || major == wantMajor && minor < wantMinor
}

// indented puts the text four columns to the right.
func indented(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			b.WriteString("    ")
		}
		b.WriteString(line)
	}
	return b.String()
}
