package source

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
)

// statementAt is the innermost statement of a list that has the position, with its list and index.
func (f *function) statementAt(pos token.Pos) (in statements, index int, ok bool) {
	blocks := f.blocksTo(f.line(pos))
	for i := len(blocks) - 1; i >= 0; i-- {
		at := slices.IndexFunc(blocks[i].list, func(s ast.Stmt) bool { return s.Pos() <= pos && pos < s.End() })
		if at >= 0 {
			return blocks[i], at, true
		}
	}
	return statements{}, 0, false
}

// statementOn is the innermost statement that has the line.
func (f *function) statementOn(line int) (in statements, index int, ok bool) {
	blocks := f.blocksTo(line)
	for i := len(blocks) - 1; i >= 0; i-- {
		at := slices.IndexFunc(blocks[i].list, func(s ast.Stmt) bool {
			return f.line(s.Pos()) <= line && line <= f.line(s.End())
		})
		if at >= 0 {
			return blocks[i], at, true
		}
	}
	return statements{}, 0, false
}

// WithoutCall has executions that began before go on without the call, and without what uses it.
func WithoutCall(c Call, by Version) *Edit {
	f, _, in, at, ok := c.statement()
	if !ok {
		return nil
	}
	return f.before(f.remove(in, at), by)
}

// statement finds the call and the innermost statement that it is in.
func (c Call) statement() (f *function, call *ast.CallExpr, in statements, at int, ok bool) {
	if f, call = c.find(); call != nil {
		in, at, ok = f.statementAt(call.Pos())
	}
	return f, call, in, at, ok
}

// WithoutStatement is WithoutCall for a line that is a statement, such as that of cancel().
func WithoutStatement(at Line, by Version) *Edit {
	f := functionAt(at)
	if f == nil {
		return nil
	}
	in, index, ok := f.statementOn(at.Number)
	if !ok {
		return nil
	}
	if _, call := in.list[index].(*ast.ExprStmt); !call {
		return nil
	}
	return f.before(f.remove(in, index), by)
}

// WithCall has executions that began before make a call before the line. Waited is whether they had
// waited for it.
func WithCall(before Line, was Was, waited bool, by Version) *Edit {
	f := functionAt(before)
	if f == nil {
		return nil
	}
	ctx, pkg := f.context(), f.workflowPackage()
	in, at, ok := f.statementOn(before.Number)
	if !ok || ctx == "" || pkg == "" {
		return nil
	}
	text := ""
	switch was.Function {
	case "NewTimer":
		text = fmt.Sprintf("%s.NewTimer(%s, %s)\n", pkg, ctx, was.Duration)
		if waited {
			text = fmt.Sprintf("_ = %s.Sleep(%s, %s)\n", pkg, ctx, was.Duration)
		}
	case "ExecuteActivity", "ExecuteLocalActivity", "ExecuteChildWorkflow":
		inputs, known := f.inputs("", nil, was)
		if !known {
			return nil
		}
		text = fmt.Sprintf("%s.%s(%s, %q", pkg, was.Function, ctx, was.Name)
		for _, input := range inputs {
			text += ", " + input
		}
		text += ")"
		if waited {
			text = fmt.Sprintf("_ = %s.Get(%s, nil)", text, ctx)
		}
		text += "\n"
	case "cancel":
		cancel := f.onlyCancel()
		if cancel == "" {
			return nil
		}
		text = cancel + "()\n"
	default:
		return nil
	}
	start := f.offset(in.list[at].Pos())
	e := f.before([]rewrite{{start, start, text}}, by)
	if e != nil && was.Function != "cancel" {
		e.Sketch = true // where it was, and what became of its result, the history does not say
	}
	return e
}

// onlyCancel is the only function to cancel a context that the function has.
func (f *function) onlyCancel() string {
	name := ""
	for _, d := range declaredBy(f.body().List) {
		if c, ok := d.value.(*ast.CallExpr); ok && calledName(c) == "WithCancel" && d.result == 1 {
			if name != "" {
				return ""
			}
			name = d.name
		}
	}
	return name
}

// AlsoNamed makes the call at the line once more, with the name that it had.
func AlsoNamed(c Call, name string) *Edit {
	f, call, in, at, ok := c.statement()
	if !ok {
		return nil
	}
	s := in.list[at]
	again := f.as(call, Was{Function: calledName(call), Name: name})
	text := f.source(s.Pos(), call.Pos()) + again + f.source(call.End(), s.End()) + "\n"
	if end, returns := s.(*ast.ReturnStmt); returns { // nothing comes after it
		if len(end.Results) != 1 || end.Results[0] != ast.Expr(call) {
			return nil
		}
		text = "if err := " + again + "; err != nil {\n\treturn err\n}\n"
	}
	d := difference{block: in, now: span{at, at}}
	return f.edit(text, d, nil)
}
