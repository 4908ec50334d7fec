package workflows_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/applied"
	"github.com/replaymatrix/replaymatrix/internal/corpora"
)

// TestCodesStand looks at every code that advice prints, without building it: it is made of statements,
// declares nothing twice, and its branches differ. In its file it gives the compiler nothing to reject that a
// look at the package alone shows.
func TestCodesStand(t *testing.T) {
	t.Parallel()
	codes, edits := map[string]bool{}, map[string]bool{}
	for _, a := range advisedCells(t) {
		if code := a.advice.Code; code != "" && !codes[code] {
			codes[code] = true
			for _, fault := range faultsOfCode(code, a.advice.Patch == nil) {
				t.Errorf("%s: %s:\n%s", a.cell, fault, code)
			}
		}
		if id := a.edit.ID; id != "" && !edits[id] {
			edits[id] = true
			for _, fault := range faultsOfEdit(t, a.edit) {
				t.Errorf("%s: %s:\n%s", a.cell, fault, a.advice.Code)
			}
		}
	}
	t.Logf("%d codes, %d edits", len(codes), len(edits))
	require.NotEmpty(t, codes)
}

// TestCodesFall has codes that do not stand.
func TestCodesFall(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		code, why string
		sketch    bool
		want      []string
	}{
		{"v := f()\nif v == 1 {\n\ta()\n} else {\n\tb()\n}", "two branches, and one version", false, nil},
		{"v := f()\nv := g()", "the second one must be another", false, []string{"line 2 declares v again"}},
		{"v := f()\nif v == 1 {\n\tv := g()\n\tuse(v)\n}", "another scope has its own", false, nil},
		{"a, err := f()\nb, err := g()", "one of both is new", false, nil},
		{"if f() {\n\ta() // event 5\n} else {\n\ta() // now\n}", "comments decide nothing",
			false, []string{"line 1 has two branches that do the same"}},
		{"if f() {\n\ta() // event 5, with 1\n} else {\n\ta() // with 2\n}", "but a sketch says in them what it leaves out",
			true, nil},
		{"if f() {\n\ta() // event 5\n} else {\n\ta()\n}", "and this one leaves out all",
			true, []string{"line 1 has two branches that do the same"}},
		{"if f() {", "half of a statement", false, []string{"5:3: expected '}', found 'EOF'"}},
		{"if f() {\na()\n}", "as no gofmt leaves it", false, []string{"gofmt would change it"}},
		{"func f() {}", "a declaration is no statement", false, []string{"4:6: expected '(', found f (and 1 more errors)"}},
	} {
		require.Equal(t, tt.want, faultsOfCode(tt.code, tt.sketch), tt.why)
	}
	file := filepath.Join(corpora.Root(), "versioning/workflows/patching/patch_complete.go")
	source, err := os.ReadFile(file)
	require.NoError(t, err)
	for _, tt := range []struct{ old, new, want, why string }{
		{"\terr = workflow.Ex", "\tv := 1\n\terr = workflow.Ex", "[declared and not used: v]", "that is an error in Go"},
		{"PostPatchActivity)", "NoActivity)", "[undefined: NoActivity]", "the package has no such function"},
		{"return result, err", "return result", "[not enough return values\n\thave (string)\n\twant (string, error)]",
			"the function returns two"},
		{"PostPatchActivity)", "PrePatchActivity)", "[]", "what other packages have is not looked at"},
	} {
		edit, err := applied.NewEdit(file, bytes.Replace(source, []byte(tt.old), []byte(tt.new), 1))
		require.NoError(t, err)
		require.Equal(t, tt.want, fmt.Sprint(faultsOfEdit(t, edit)), tt.why)
	}
}
