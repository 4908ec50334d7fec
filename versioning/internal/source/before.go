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
	var around []ast.Node
	for _, n := range f.around {
		if other := numbered(was.ast, number(f.ast, n)); other != nil {
			around = append(around, other)
		}
	}
	if len(around) != len(f.around) {
		return nil
	}
	return &function{was, around}
}

// number is which of the functions of the tree the node is.
func number(tree *ast.File, node ast.Node) (n int) {
	found := -1
	ast.Inspect(tree, func(x ast.Node) bool {
		if x == nil || bodyOf(x) == nil {
			return true
		}
		if x == node {
			found = n
		}
		n++
		return true
	})
	return found
}

func numbered(tree *ast.File, number int) (found ast.Node) {
	n := 0
	ast.Inspect(tree, func(x ast.Node) bool {
		if x == nil || bodyOf(x) == nil {
			return true
		}
		if n == number {
			found = x
		}
		n++
		return true
	})
	return found
}
