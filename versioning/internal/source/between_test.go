package source_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/internal/source"
)

const head = `package order

import (
	"errors"
	"time"

	"go.temporal.io/sdk/workflow"
)

var limit = time.Hour

type order struct{ id string }

func (o *order) pay(ctx workflow.Context) error { return nil }

func total(n int) (int, error) { return n, nil }

var _ = errors.New

`

// written is a file with the functions, and the lines that end with a comment of the name.
func written(t *testing.T, functions string) (at func(name string) source.Line, path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "order.go")
	text := head + functions
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	return func(name string) source.Line {
		for i, line := range strings.Split(text, "\n") {
			if strings.HasSuffix(line, "// "+name) {
				return source.Line{File: path, Number: i + 1}
			}
		}
		t.Fatalf("no line has // %s", name)
		return source.Line{}
	}, path
}

// function is one named so, with the body; the last line of it is the line that the stack has.
func function(name, body string) string {
	return "func " + name + "(ctx workflow.Context, o *order) (string, error) {\n" + body + "}\n\n"
}

// TestBetween makes one function of two.
func TestBetween(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, now, was, want string
		why                  string
		by                   source.Version
	}{
		{
			name: "renamed", by: source.New("pay"),
			now: "\terr := workflow.ExecuteActivity(ctx, \"Pay\").Get(ctx, nil) // now\n\treturn \"\", err\n",
			was: "\terr := workflow.ExecuteActivity(ctx, \"Charge\").Get(ctx, nil) // was\n\treturn \"\", err\n",
			why: "err is used below, so it is declared before the branches",
			want: `v := workflow.GetVersion(ctx, "pay", workflow.DefaultVersion, 1)
var err error
if v == workflow.DefaultVersion {
	err = workflow.ExecuteActivity(ctx, "Charge").Get(ctx, nil)
} else {
	err = workflow.ExecuteActivity(ctx, "Pay").Get(ctx, nil)
}
`,
		},
		{
			name: "added", by: source.New("pay"),
			now: "\tif err := o.pay(ctx); err != nil { // now\n\t\treturn \"\", err\n\t}\n\treturn \"\", nil\n",
			was: "\treturn \"\", nil // was\n",
			why: "executions that began before do not come to what is new",
			want: `v := workflow.GetVersion(ctx, "pay", workflow.DefaultVersion, 1)
if v != workflow.DefaultVersion {
	if err := o.pay(ctx); err != nil {
		return "", err
	}
}
`,
		},
		{
			name: "removed", by: source.New("pay"),
			now: "\treturn \"\", nil // now\n",
			was: "\tif err := o.pay(ctx); err != nil { // was\n\t\treturn \"\", err\n\t}\n\treturn \"\", nil\n",
			why: "what is gone comes back for those that need it, before the line that is next",
			want: `v := workflow.GetVersion(ctx, "pay", workflow.DefaultVersion, 1)
if v == workflow.DefaultVersion {
	if err := o.pay(ctx); err != nil {
		return "", err
	}
}
`,
		},
		{
			name: "within a loop", by: source.New("pay"),
			now: "\tfor range 3 {\n\t\t_ = workflow.Sleep(ctx, time.Hour) // now\n\t}\n\treturn \"\", nil\n",
			was: "\tfor range 3 {\n\t\t_ = workflow.Sleep(ctx, time.Minute) // was\n\t}\n\treturn \"\", nil\n",
			why: "the branch is where they differ, and no larger",
			want: `v := workflow.GetVersion(ctx, "pay", workflow.DefaultVersion, 1)
if v == workflow.DefaultVersion {
	_ = workflow.Sleep(ctx, time.Minute)
} else {
	_ = workflow.Sleep(ctx, time.Hour)
}
`,
		},
		{
			name: "ends", by: source.New("pay"),
			now: "\terr := o.pay(ctx) // now\n\treturn \"\", err\n",
			was: "\treturn \"\", o.pay(ctx) // was\n",
			why: "nothing runs after a return, so there is no else",
			want: `v := workflow.GetVersion(ctx, "pay", workflow.DefaultVersion, 1)
if v == workflow.DefaultVersion {
	return "", o.pay(ctx)
}
err := o.pay(ctx)
return "", err
`,
		},
		{
			name: "type from the package", by: source.New("pay"),
			now: "\tsum, err := total(2) // now\n\treturn string(rune(sum)), err\n",
			was: "\tsum, err := total(1) // was\n\treturn string(rune(sum)), err\n",
			why: "the results of a function of the package are in its files",
			want: `v := workflow.GetVersion(ctx, "pay", workflow.DefaultVersion, 1)
var sum int
var err error
if v == workflow.DefaultVersion {
	sum, err = total(1)
} else {
	sum, err = total(2)
}
`,
		},
		{
			name: "type unknown", by: source.New("pay"),
			now: "\tp := &struct{ n int }{2} // now\n\treturn o.id, workflow.Sleep(ctx, time.Duration(p.n))\n",
			was: "\tp := unknown(1) // was\n\treturn o.id, workflow.Sleep(ctx, time.Duration(p.n))\n",
			why: "what the old code calls is gone: there is no code",
		},
		{
			name: "a declared variable", by: source.New("pay"),
			now: "\tfor {\n\t\tvar how string\n\t\t_ = how\n\t\t_ = workflow.Sleep(ctx, 2) // now\n\t}\n",
			was: "\tfor {\n\t\tvar how string\n\t\t_ = how\n\t\t_ = workflow.Sleep(ctx, 1) // was\n\t}\n",
			why: "what both have above stays above",
			want: `v := workflow.GetVersion(ctx, "pay", workflow.DefaultVersion, 1)
if v == workflow.DefaultVersion {
	_ = workflow.Sleep(ctx, 1)
} else {
	_ = workflow.Sleep(ctx, 2)
}
`,
		},
		{
			name: "v is taken", by: source.New("pay"),
			now: "\tv := 1\n\t_ = workflow.Sleep(ctx, time.Duration(2*v)) // now\n\treturn \"\", nil\n",
			was: "\tv := 1\n\t_ = workflow.Sleep(ctx, time.Duration(v)) // was\n\treturn \"\", nil\n",
			why: "a second v would not compile",
			want: `version := workflow.GetVersion(ctx, "pay", workflow.DefaultVersion, 1)
if version == workflow.DefaultVersion {
	_ = workflow.Sleep(ctx, time.Duration(v))
} else {
	_ = workflow.Sleep(ctx, time.Duration(2*v))
}
`,
		},
		{
			name: "put back", by: source.New("pay"),
			now: "\t_ = workflow.Sleep(ctx, 2) // now\n\treturn \"\", nil\n",
			was: "\tif workflow.GetVersion(ctx, \"old\", workflow.DefaultVersion, 1) == workflow.DefaultVersion {\n" +
				"\t\t_ = workflow.Sleep(ctx, 1) // was\n\t} else {\n\t\t_ = workflow.Sleep(ctx, 2)\n\t}\n\treturn \"\", nil\n",
			why: "the newest branch is what is there now: no new version is needed",
			want: `if workflow.GetVersion(ctx, "old", workflow.DefaultVersion, 1) == workflow.DefaultVersion {
	_ = workflow.Sleep(ctx, 1)
} else {
	_ = workflow.Sleep(ctx, 2)
}
`,
		},
		{
			name: "by a marker", by: source.Version{ChangeID: "old", Recorded: 1, Min: -1, Max: 2},
			now: "\t_ = workflow.Sleep(ctx, 3) // now\n\treturn \"\", nil\n",
			was: "\t_ = workflow.Sleep(ctx, 2) // was\n\treturn \"\", nil\n",
			why: "executions without the marker are not those that need the old code",
			want: `v := workflow.GetVersion(ctx, "old", workflow.DefaultVersion, 2)
if v == 1 {
	_ = workflow.Sleep(ctx, 2)
} else {
	_ = workflow.Sleep(ctx, 3)
}
`,
		},
		{
			name: "by a range", by: source.Version{ChangeID: "old", Recorded: 1, Min: 1, Max: 4, Below: 3},
			now: "\tworkflow.GetVersion(ctx, \"old\", 3, 4)\n\t_ = workflow.Sleep(ctx, 4) // now\n\treturn \"\", nil\n",
			was: "\t_ = workflow.Sleep(ctx, 1) // was\n\treturn \"\", nil\n",
			why: "versions that the code takes go on with it",
			want: `v := workflow.GetVersion(ctx, "old", 1, 4)
if v < 3 {
	_ = workflow.Sleep(ctx, 1)
} else {
	workflow.GetVersion(ctx, "old", 3, 4)
	_ = workflow.Sleep(ctx, 4)
}
`,
		},
		{
			name: "the same", by: source.New("pay"),
			now: "\treturn \"\", nil // now\n",
			was: "\treturn \"\", nil // was\n",
			why: "where the code does not differ, no branch of it helps",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.NotEmpty(t, test.why)
			at, _ := written(t, function("Now", test.now)+function("Was", test.was))
			e := source.Between([]source.Line{at("now")}, []source.Line{at("was")}, test.by)
			require.Empty(t, cmp.Diff(test.want, text(e)), test.why)
		})
	}
}

// text is that of the edit without the indentation of its place and without the marks of the test.
func text(e *source.Edit) string {
	if e == nil {
		return ""
	}
	indent := e.Text[:len(e.Text)-len(strings.TrimLeft(e.Text, "\t"))]
	var b strings.Builder
	for line := range strings.Lines(e.Text) {
		line = strings.TrimPrefix(line, indent)
		for _, mark := range []string{" // now", " // was", " // there"} {
			line = strings.Replace(line, mark+"\n", "\n", 1)
		}
		b.WriteString(line)
	}
	return b.String()
}

func containsMark(body, mark string) bool { return strings.Contains(body, "// "+mark+"\n") }
