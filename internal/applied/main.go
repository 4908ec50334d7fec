package applied

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
)

// mainOf writes the main package of the copies: it hands their families to Serve.
func mainOf(edits map[string]Edit) ([]byte, error) {
	var imports, families bytes.Buffer
	for i, id := range slices.Sorted(maps.Keys(edits)) {
		list, err := familiesOf(edits[id].Package)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&imports, "c%d %q\n", i, module+"/"+edits[id].folder())
		fmt.Fprintf(&families, "%q: "+list+",\n", id, fmt.Sprintf("c%d", i))
	}
	return format.Source(fmt.Appendf(nil, `package main

import (
	%q
	%q

	%s
)

func main() {
	applied.Serve(map[string][]*versioning.Family{
		%s
	})
}
`, module+"/internal/applied", module+"/versioning", &imports, &families))
}

// familiesOf is the list of the package's families as Go code, with a verb for the name of the package.
// A package has all of them in a variable Families, or one in Family.
func familiesOf(folder string) (string, error) {
	files, err := filepath.Glob(filepath.Join(corpora.Root(), filepath.FromSlash(folder), "*.go"))
	if err != nil {
		return "", err
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return "", err
		}
		for _, d := range parsed.Decls {
			if declares(d, "Families") {
				return "%s.Families", nil
			}
			if declares(d, "Family") {
				return "{%s.Family}", nil
			}
		}
	}
	return "", fmt.Errorf("%s has no variable Family or Families", folder)
}

// declares reports whether the declaration is of a variable of that name.
func declares(d ast.Decl, name string) bool {
	g, ok := d.(*ast.GenDecl)
	return ok && g.Tok == token.VAR && slices.ContainsFunc(g.Specs, func(s ast.Spec) bool {
		return slices.ContainsFunc(s.(*ast.ValueSpec).Names, func(n *ast.Ident) bool { return n.Name == name })
	})
}
