package source

import (
	"cmp"
	"go/ast"
	"slices"
)

// A rewrite takes back what was changed: it makes the text of a file what it was.
type rewrite struct {
	from, to int
	text     string
}

// before branches between the function as it is, and as it is with the rewrites.
func (f *function) before(rewrites []rewrite, by Version) *Edit {
	if len(rewrites) == 0 {
		return nil
	}
	slices.SortFunc(rewrites, func(a, b rewrite) int { return cmp.Compare(a.from, b.from) })
	var text []byte
	at := 0
	for _, r := range rewrites {
		if r.from < at {
			return nil
		}
		text = append(append(text, f.text[at:r.from]...), r.text...)
		at = r.to
	}
	was := parse(f.path, append(text, f.text[at:]...))
	if was == nil {
		return nil
	}
	w := f.same(was)
	if w == nil || f.plain(f.body()) == w.plain(w.body()) {
		return nil
	}
	return f.branch(w, by)
}

// same finds the function in another state of its file.
func (f *function) same(was *file) *function {
	now, then := functionsOf(f.ast), functionsOf(was.ast)
	around := make([]ast.Node, len(f.around))
	for i, n := range f.around {
		at := slices.Index(now, n)
		if at >= len(then) {
			return nil
		}
		around[i] = then[at]
	}
	return &function{was, around}
}

// functionsOf are the functions of the tree, with the literals, in the order of the text.
func functionsOf(tree *ast.File) (functions []ast.Node) {
	ast.Inspect(tree, func(n ast.Node) bool {
		if n != nil && bodyOf(n) != nil {
			functions = append(functions, n)
		}
		return true
	})
	return functions
}
