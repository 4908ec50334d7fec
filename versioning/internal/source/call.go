package source

import (
	"fmt"
	"go/ast"
	"slices"
	"strings"
)

// A Call is a call of the SDK at a line. Functions are the names that the function of the SDK may have.
type Call struct {
	Line
	Functions []string
}

// callAt finds the only such call of the line, nil if there is none or several. The compiler takes a
// call of several lines for one of its first or of its last line.
func (c Call) find() (*function, *ast.CallExpr) {
	f := functionAt(c.Line)
	if f == nil {
		return nil, nil
	}
	var found []*ast.CallExpr
	ast.Inspect(f.body(), func(n ast.Node) bool {
		if n == nil || f.line(n.Pos()) > c.Number || f.line(n.End()) < c.Number {
			return false
		}
		if _, literal := n.(*ast.FuncLit); literal {
			return false
		}
		if call, ok := n.(*ast.CallExpr); ok && slices.Contains(c.Functions, calledName(call)) {
			found = append(found, call)
		}
		return true
	})
	if len(found) != 1 {
		return f, nil
	}
	return f, found[0]
}

func calledName(c *ast.CallExpr) string {
	switch fun := c.Fun.(type) {
	case *ast.SelectorExpr:
		return fun.Sel.Name
	case *ast.Ident:
		return fun.Name
	}
	return ""
}

// ContextOf is the name of the context that the call gets, "" if it has none, or if the line there is one of
// another function.
func ContextOf(c Call, there Line) string {
	f, call := c.find()
	other := functionAt(there)
	if call == nil || other == nil || !f.is(other) || len(call.Args) == 0 {
		return ""
	}
	id, ok := call.Args[0].(*ast.Ident)
	if !ok {
		return ""
	}
	return id.Name
}

// A Was says what a call was, as far as it is another one now.
type Was struct {
	// Function is the name of the function of the SDK.
	Function string
	// Name is the name of the activity, the child workflow, the signal or the like, "" if it is the same.
	Name string
	// Duration is that of a timer as Go code, "" if it is the same.
	Duration string
	// Inputs are the arguments that were others, as Go code, by their number.
	Inputs map[int]string
	// All is whether Inputs are all arguments.
	All bool
	// Option is a function of package workflow, with its value as Go code, that changed the context.
	Option, Value string
}

// nameAt is where functions have the name of what they call, and inputsAt where the arguments begin.
var (
	nameAt = map[string]int{"ExecuteActivity": 1, "ExecuteLocalActivity": 1, "ExecuteChildWorkflow": 1,
		"SignalExternalWorkflow": 3, "MutableSideEffect": 1, "GetSignalChannel": 1, "ExecuteOperation": 1,
		"SetUpdateHandler": 1, "SetUpdateHandlerWithOptions": 1, "SignalChildWorkflow": 1}
	inputsAt = map[string]int{"ExecuteActivity": 2, "ExecuteLocalActivity": 2, "ExecuteChildWorkflow": 2,
		"SignalExternalWorkflow": 4, "ExecuteOperation": 2, "SignalChildWorkflow": 2}
	durationAt = map[string]int{"NewTimer": 1, "NewTimerWithOptions": 1, "Sleep": 1, "AwaitWithTimeout": 1}
)

// ReplaceCall has executions that began before make the call as it was.
func ReplaceCall(c Call, was Was, by Version) *Edit {
	f, call := c.find()
	if call == nil {
		return nil
	}
	text := f.as(call, was)
	if text == "" {
		return nil
	}
	return f.before([]rewrite{{f.offset(call.Pos()), f.offset(call.End()), text}}, by).own(was)
}

func (e *Edit) own(was Was) *Edit {
	if e != nil {
		e.Sketch = was.All && len(was.Inputs) > 0
	}
	return e
}

// as is the text of the call as it was, "" if that is not known.
func (f *function) as(call *ast.CallExpr, was Was) string {
	now := calledName(call)
	args := make([]string, len(call.Args))
	for i, a := range call.Args {
		args[i] = f.source(a.Pos(), a.End())
	}
	if was.Option != "" {
		args[0] = fmt.Sprintf("%s.%s(%s, %s)", f.workflowPackage(), was.Option, args[0], was.Value)
	}
	if alike(now, was.Function) {
		return f.changed(call, args, was)
	}
	pkg := f.workflowPackage()
	if pkg == "" || len(args) == 0 || !f.onlyFuture(call) {
		return ""
	}
	made := ""
	switch was.Function {
	case "NewTimer":
		if isError(now) {
			return fmt.Sprintf("%s.Sleep(%s, %s)", pkg, args[0], was.Duration)
		}
		made = fmt.Sprintf("%s.NewTimer(%s, %s)", pkg, args[0], was.Duration)
	case "SideEffect":
		if now != "MutableSideEffect" || len(args) != 4 {
			return ""
		}
		return fmt.Sprintf("%s.SideEffect(%s, %s)", pkg, args[0], args[2])
	case "MutableSideEffect":
		if now != "SideEffect" || len(args) != 2 {
			return ""
		}
		return fmt.Sprintf("%s.MutableSideEffect(%s, %q, %s, func(a, b any) bool { return a == b })", pkg, args[0],
			was.Name, args[1])
	case "ExecuteActivity", "ExecuteLocalActivity", "ExecuteChildWorkflow":
		inputs, known := f.inputs(now, args, was)
		if !known {
			return ""
		}
		made = fmt.Sprintf("%s.%s(%s)", pkg, was.Function,
			strings.Join(append([]string{args[0], fmt.Sprintf("%q", was.Name)}, inputs...), ", "))
		if isError(now) {
			return made + fmt.Sprintf(".Get(%s, nil)", args[0])
		}
	}
	if made == "" || !isFuture(now) {
		return ""
	}
	return made
}

// onlyFuture reports whether nothing is asked of the result that the future of another call does not have.
func (f *function) onlyFuture(call *ast.CallExpr) bool {
	only := true
	ast.Inspect(f.body(), func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && s.X == ast.Expr(call) {
			only = s.Sel.Name == "Get" || s.Sel.Name == "IsReady"
		}
		return true
	})
	return only
}

// changed is the same call with another name, duration or arguments.
func (f *function) changed(call *ast.CallExpr, args []string, was Was) string {
	now := calledName(call)
	if at, ok := nameAt[now]; ok && was.Name != "" && at < len(args) {
		args[at] = fmt.Sprintf("%q", was.Name)
	}
	if at, ok := durationAt[now]; ok && was.Duration != "" && at < len(args) {
		if !f.constant(call.Args[at]) {
			return ""
		}
		args[at] = was.Duration
	}
	for i, text := range was.Inputs {
		at := inputsAt[now] + i
		if inputsAt[now] == 0 || at >= len(args) || call.Ellipsis.IsValid() {
			return ""
		}
		if !f.constant(call.Args[at]) {
			return ""
		}
		args[at] = text
	}
	return f.source(call.Fun.Pos(), call.Fun.End()) + "(" + strings.Join(args, ", ") + ellipsis(call) + ")"
}

// constant reports whether the expression has one value in all executions: it calls nothing, and names
// nothing that the function declares.
func (f *function) constant(x ast.Expr) bool {
	fixed := true
	ast.Inspect(x, func(n ast.Node) bool {
		if _, call := n.(*ast.CallExpr); call {
			fixed = false
		}
		return fixed
	})
	own := declaredIn(f.around[0])
	for _, n := range f.around {
		for _, name := range (&function{f.file, []ast.Node{n}}).parameters() {
			own[name] = true
		}
	}
	for name := range used(x) {
		fixed = fixed && !own[name]
	}
	return fixed
}

func ellipsis(c *ast.CallExpr) string {
	if c.Ellipsis.IsValid() {
		return "..."
	}
	return ""
}

// inputs are the arguments of a call that another function made: those of the call that is there, if it
// has such, and else all that are known.
func (f *function) inputs(now string, args []string, was Was) ([]string, bool) {
	if was.All {
		list := make([]string, len(was.Inputs))
		for i := range list {
			text, ok := was.Inputs[i]
			if !ok {
				return nil, false
			}
			list[i] = text
		}
		return list, true
	}
	if at := inputsAt[now]; at > 0 && at <= len(args) {
		return args[at:], true
	}
	return nil, false
}

func alike(now, was string) bool {
	timer := func(name string) bool { _, is := durationAt[name]; return is }
	return now == was || timer(now) && timer(was) || strings.HasPrefix(now, "Upsert") && strings.HasPrefix(was, "Upsert") ||
		now == "SetUpdateHandlerWithOptions" && was == "SetUpdateHandler"
}

func isError(function string) bool {
	return function == "Sleep" || strings.HasPrefix(function, "Upsert")
}

func isFuture(function string) bool {
	types := resultOf[function]
	return len(types) == 1 && strings.HasSuffix(types[0], "Future")
}
