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
	sequence := inSequence(len(block.list))
	for i, slot := range slots {
		sequence[slot] = order[i]
	}
	rewrites, ok := f.rearranged(block, sequence)
	if !ok {
		return nil
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
// waits for what the statement at the line first has begun. If that one waits for both, or ends the function,
// it stays where it is, and they wait before the line what too.
func Await(what, first Line, by Version) *Edit {
	f, in, at, begun := pair(what, first)
	if f == nil || begun >= at {
		return nil
	}
	started := declaredBy(in.list[begun : begun+1])
	for i := at + 1; i < len(in.list); i++ {
		names := used(in.list[i])
		_, ends := in.list[i].(*ast.ReturnStmt)
		if !slices.ContainsFunc(started, func(d declaration) bool { return names[d.name] }) {
			if ends {
				return nil
			}
			continue
		}
		if !ends && !clash(in.list[at], in.list[i]) {
			return f.move(in, at, i, by)
		}
		wait := f.waitFor(in.list[i], started)
		if wait == "" {
			return nil
		}
		start := f.offset(in.list[at].Pos())
		e := f.before([]rewrite{{start, start, wait + "\n"}}, by)
		if e != nil {
			e.Sketch = true // what the code of then did if what it waited for failed, nothing tells
		}
		return e
	}
	return nil
}

// waitFor is a statement that waits for one of the declared futures as s does, and takes nothing of it.
func (f *function) waitFor(s ast.Stmt, started []declaration) (text string) {
	ast.Inspect(s, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || text != "" || calledName(call) != "Get" || len(call.Args) != 2 {
			return text == ""
		}
		future := call.Fun.(*ast.SelectorExpr).X
		names := used(future)
		if slices.ContainsFunc(started, func(d declaration) bool { return names[d.name] }) {
			text = "_ = " + f.source(future.Pos(), future.End()) + ".Get(" +
				f.source(call.Args[0].Pos(), call.Args[0].End()) + ", nil)"
		}
		return text == ""
	})
	return text
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
	sequence := slices.Delete(inSequence(len(in.list)), at, at+1)
	sequence = slices.Insert(sequence, slices.Index(sequence, behind)+1, at)
	rewrites, ok := f.rearranged(in, sequence)
	if !ok {
		return nil
	}
	e := f.before(rewrites, by)
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
