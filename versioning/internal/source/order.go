package source

import (
	"go/ast"
	"slices"
)

// InOrder has executions that began before run the statements at the lines in the order of the lines.
func InOrder(lines []Line, by Version) *Edit {
	if len(lines) < 2 {
		return nil
	}
	f := functionAt(lines[0])
	if f == nil {
		return nil
	}
	var order []int
	var block statements
	for i, l := range lines {
		in, at, ok := f.statementOn(l.Number)
		if !ok || l.File != lines[0].File || i > 0 && in.end != block.end || slices.Contains(order, at) {
			return nil
		}
		block, order = in, append(order, at)
	}
	slots := slices.Sorted(slices.Values(order))
	var rewrites []rewrite
	for i, slot := range slots {
		if slot != order[i] {
			s, was := block.list[slot], block.list[order[i]]
			rewrites = append(rewrites, rewrite{f.offset(s.Pos()), f.offset(s.End()), f.source(was.Pos(), was.End())})
		}
	}
	return f.before(rewrites, by)
}

// Follow has executions that began before run the statement at the line what right after the one at
// the line after.
func Follow(what, after Line, by Version) *Edit {
	f, in, at, first := pair(what, after)
	if f == nil || first >= at {
		return nil
	}
	return f.move(in, at, first, by)
}

// Await has executions that began before run the statement at the line what after the first one that
// waits for what the statement at the line first has begun.
func Await(what, first Line, by Version) *Edit {
	f, in, at, begun := pair(what, first)
	if f == nil || begun >= at {
		return nil
	}
	started := declaredBy(in.list[begun : begun+1])
	for i := at + 1; i < len(in.list); i++ {
		if _, ends := in.list[i].(*ast.ReturnStmt); ends {
			return nil
		}
		names := used(in.list[i])
		if slices.ContainsFunc(started, func(d declaration) bool { return names[d.name] }) {
			return f.move(in, at, i, by)
		}
	}
	return nil
}

// pair finds the statements of one list that have the lines.
func pair(what, other Line) (f *function, in statements, at, there int) {
	f = functionAt(what)
	if f == nil || what.File != other.File {
		return nil, in, 0, 0
	}
	in, at, ok := f.statementOn(what.Number)
	there = slices.IndexFunc(in.list, func(s ast.Stmt) bool {
		return f.line(s.Pos()) <= other.Number && other.Number <= f.line(s.End())
	})
	if !ok || there < 0 || there == at {
		return nil, in, 0, 0
	}
	return f, in, at, there
}

// move moves the statement behind another one of its list. It is a sketch if it then comes behind an end
// of the function: nothing tells whether the code of then had that there.
func (f *function) move(in statements, at, behind int, by Version) *Edit {
	s, end := in.list[at], f.offset(in.list[behind].End())
	e := f.before([]rewrite{
		{end, end, "\n" + f.source(s.Pos(), s.End())},
		{f.offset(s.Pos()), f.offset(s.End()), ""},
	}, by)
	if e != nil && slices.ContainsFunc(in.list[min(at, behind):max(at, behind)+1], canEnd) {
		e.Sketch = true
	}
	return e
}

// canEnd reports whether the statement can end the function that it is in.
func canEnd(s ast.Stmt) (found bool) {
	ast.Inspect(s, func(n ast.Node) bool {
		if _, inner := n.(*ast.FuncLit); inner {
			return false
		}
		if _, ok := n.(*ast.ReturnStmt); ok {
			found = true
		}
		return !found
	})
	return found
}
