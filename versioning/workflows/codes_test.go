package workflows_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
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

// faultsOfCode looks at the statements alone. Those of a sketch have in comments what they leave out.
func faultsOfCode(code string, sketch bool) (faults []string) {
	const before = "package p\n\nfunc _() {\n"
	var indented strings.Builder
	for line := range strings.Lines(code + "\n") {
		if line != "\n" {
			indented.WriteByte('\t')
		}
		indented.WriteString(line)
	}
	set := token.NewFileSet()
	mode := parser.SkipObjectResolution
	if sketch {
		mode |= parser.ParseComments
	}
	file, err := parser.ParseFile(set, "", before+code+"\n}\n", mode)
	if err != nil {
		return []string{err.Error()}
	}
	whole := before + indented.String() + "}\n"
	if formatted, err := format.Source([]byte(whole)); err != nil || cmp.Diff(whole, string(formatted)) != "" {
		faults = append(faults, "gofmt would change it")
	}
	line := func(n ast.Node) int { return set.Position(n.Pos()).Line - strings.Count(before, "\n") }
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			declared := map[string]bool{}
			for _, s := range n.List {
				if name := again(s, declared); name != "" {
					faults = append(faults, fmt.Sprintf("line %d declares %s again", line(s), name))
				}
			}
		case *ast.IfStmt:
			if n.Else != nil && textOf(set, file, n.Body) == textOf(set, file, n.Else) {
				faults = append(faults, fmt.Sprintf("line %d has two branches that do the same", line(n)))
			}
		}
		return true
	})
	return faults
}

// numbered is a comment that tells only where in a history the line is.
var numbered = regexp.MustCompile(`\s*// event \d+$|event \d+, `)

// textOf is the node with the comments that were parsed.
func textOf(set *token.FileSet, file *ast.File, n ast.Node) string {
	var text strings.Builder
	_ = format.Node(&text, set, &printer.CommentedNode{Node: n, Comments: file.Comments})
	var lines []string
	for line := range strings.Lines(text.String()) {
		lines = append(lines, numbered.ReplaceAllString(strings.TrimSpace(line), ""))
	}
	return strings.Join(lines, "\n")
}

// again returns the first name of a short declaration that declares none anew.
func again(s ast.Stmt, declared map[string]bool) (name string) {
	assigned, ok := s.(*ast.AssignStmt)
	if !ok || assigned.Tok != token.DEFINE {
		return ""
	}
	anew := false
	for _, left := range assigned.Lhs {
		if id, ok := left.(*ast.Ident); ok && id.Name != "_" {
			anew = anew || !declared[id.Name]
			declared[id.Name] = true
			if name == "" {
				name = id.Name
			}
		}
	}
	if anew {
		return ""
	}
	return name
}

// faultsOfEdit are the errors that go/types finds in the edited package and not in the one of the work
// tree. It sees no other package, and takes it that these have what is asked of them.
func faultsOfEdit(t *testing.T, e applied.Edit) (faults []string) {
	t.Helper()
	before := typeErrors(t, e.Package, "", nil)
	for _, fault := range typeErrors(t, e.Package, e.File, e.Source) {
		if !slices.Contains(before, fault) {
			faults = append(faults, fault)
		}
	}
	return faults
}

func typeErrors(t *testing.T, folder, edited string, source []byte) (found []string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(corpora.Root(), filepath.FromSlash(folder), "*.go"))
	require.NoError(t, err)
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		var src any
		if filepath.Base(name) == edited {
			src = source
		}
		file, err := parser.ParseFile(set, name, src, 0)
		require.NoError(t, err)
		files = append(files, file)
	}
	config := types.Config{Importer: noImporter{}, Error: func(err error) {
		if fault := (types.Error{}); errors.As(err, &fault) {
			found = append(found, fault.Msg)
		}
	}}
	_, _ = config.Check(folder, set, files, nil) // Error has been given what it returns
	return found
}

// noImporter has no package, so that go/types makes up an empty one.
type noImporter struct{}

func (noImporter) Import(path string) (*types.Package, error) { return nil, errors.New("not imported") }
