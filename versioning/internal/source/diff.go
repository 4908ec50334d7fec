package source

import (
	"go/ast"
	"slices"
	"strings"
)

// A difference is where two functions differ: the statements of a block now, and those that were there.
// One of the two can be empty. Both are parts of block and before.
type difference struct {
	block, before statements
	now, was      span
}

// A span is the part of a list from the index from to before the index to.
type span struct{ from, to int }

func (s span) of(list []ast.Stmt) []ast.Stmt { return list[s.from:s.to] }

// functionsThatDiffer goes down two stacks, from the outermost function, to the first pair of functions
// that is not the same text. Lines are the innermost first.
func functionsThatDiffer(now, was []Line) (n, w *function) {
	for i := 1; i <= len(now) && i <= len(was); i++ {
		a, b := now[len(now)-i], was[len(was)-i]
		n, w := functionAt(a), functionAt(b)
		if n == nil || w == nil {
			return nil, nil
		}
		if n.is(w) {
			if a.Number != b.Number {
				return nil, nil // another way through the same code
			}
			continue
		}
		if n.plain(n.body()) != w.plain(w.body()) {
			return n, w
		}
	}
	return nil, nil
}

// differ finds the smallest part of one block that holds all differences between the bodies.
func (f *function) differ(w *function) difference {
	return f.narrow(w, statements{f.body().List, f.body().Rbrace}, statements{w.body().List, w.body().Rbrace})
}

func (f *function) narrow(w *function, block, before statements) difference {
	same := func(a, b ast.Stmt) bool { return f.plain(a) == w.plain(b) }
	d := difference{block: block, before: before}
	first := 0
	for first < min(len(block.list), len(before.list)) && same(block.list[first], before.list[first]) {
		first++
	}
	end := 0
	for end < min(len(block.list), len(before.list))-first &&
		same(block.list[len(block.list)-1-end], before.list[len(before.list)-1-end]) {
		end++
	}
	d.now, d.was = span{first, len(block.list) - end}, span{first, len(before.list) - end}
	if d.now.to-d.now.from == 1 && d.was.to-d.was.from == 1 {
		if inner, ok := f.inside(w, block.list[first], before.list[first]); ok {
			return inner
		}
	}
	return d
}

// inside looks into two statements that begin alike: a condition, a loop, a call with a function.
func (f *function) inside(w *function, now, was ast.Stmt) (difference, bool) {
	a, b := f.blocksIn(now), w.blocksIn(was)
	if len(a) != len(b) || len(a) == 0 || f.without(now, a) != w.without(was, b) {
		return difference{}, false
	}
	at := -1
	for i := range a {
		if f.blockText(a[i]) != w.blockText(b[i]) {
			if at >= 0 {
				return difference{}, false
			}
			at = i
		}
	}
	if at < 0 {
		return difference{}, false
	}
	return f.narrow(w, statements{a[at].List, a[at].Rbrace}, statements{b[at].List, b[at].Rbrace}), true
}

func (f *function) blockText(b *ast.BlockStmt) string { return f.plain(b) }

// blocksIn are the blocks of the statement that are not in one another. A literal is none: what a
// handler does has a context of its own.
func (f *function) blocksIn(s ast.Stmt) (blocks []*ast.BlockStmt) {
	ast.Inspect(s, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.BlockStmt:
			blocks = append(blocks, n)
			return false
		}
		return true
	})
	return blocks
}

// without is the text of the statement without that of the blocks. It changes no tree: all who read the
// file share it.
func (f *function) without(s ast.Stmt, blocks []*ast.BlockStmt) string {
	text, from := "", s.Pos()
	for _, b := range blocks {
		text, from = text+f.source(from, b.Lbrace+1), b.Rbrace
	}
	return strings.Join(strings.Fields(text+f.source(from, s.End())), " ")
}

// returns reports whether nothing after the statements runs.
func returns(list []ast.Stmt) bool {
	if len(list) == 0 {
		return false
	}
	switch last := list[len(list)-1].(type) {
	case *ast.ReturnStmt:
		return true
	case *ast.BranchStmt:
		return last.Tok.String() != "fallthrough" && last.Tok.String() != "goto"
	case *ast.IfStmt:
		elseBlock, ok := last.Else.(*ast.BlockStmt)
		return ok && returns(last.Body.List) && returns(elseBlock.List)
	case *ast.BlockStmt:
		return returns(last.List)
	}
	return false
}

// after reports whether a statement after the span uses the name.
func (s statements) after(to int, name string) bool {
	return used(nodes(s.list[to:])...)[name]
}

// declaredBefore reports whether the list declares the name before the index.
func (s statements) declaredBefore(index int, name string) bool {
	return slices.ContainsFunc(declaredBy(s.list[:index]), func(d declaration) bool { return d.name == name })
}
