package source

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"strings"
)

// resultOf are the types that functions of the SDK's package workflow return, without the package for
// those of package workflow itself.
var resultOf = map[string][]string{
	"ExecuteActivity": {"Future"}, "ExecuteLocalActivity": {"Future"}, "NewTimer": {"Future"},
	"NewTimerWithOptions": {"Future"}, "SignalExternalWorkflow": {"Future"},
	"RequestCancelExternalWorkflow": {"Future"}, "SignalChildWorkflow": {"Future"},
	"ExecuteChildWorkflow": {"ChildWorkflowFuture"}, "ExecuteOperation": {"NexusOperationFuture"},
	"Sleep": {"error"}, "Await": {"error"}, "AwaitWithTimeout": {"bool", "error"},
	"UpsertMemo": {"error"}, "UpsertSearchAttributes": {"error"}, "UpsertTypedSearchAttributes": {"error"},
	"SetQueryHandler": {"error"}, "SetUpdateHandler": {"error"}, "SetUpdateHandlerWithOptions": {"error"},
	"GetSignalChannel": {"ReceiveChannel"}, "NewSelector": {"Selector"}, "GetVersion": {"Version"},
	"NewWaitGroup": {"WaitGroup"}, "NewChannel": {"Channel"}, "NewBufferedChannel": {"Channel"},
	"Now": {"time.Time"}, "GetInfo": {"*Info"}, "WithActivityOptions": {"Context"},
	"WithChildOptions": {"Context"}, "WithLocalActivityOptions": {"Context"}, "WithValue": {"Context"},
	"WithCancel": {"Context", "CancelFunc"}, "NewDisconnectedContext": {"Context", "CancelFunc"},
	"NewContinueAsNewError": {"error"},
}

// methods are results of methods whose names say enough.
var methods = map[string]string{
	"Get": "error", "GetChildWorkflowExecution": "workflow.Future", "GetNexusOperationExecution": "workflow.Future",
	"SignalChildWorkflow": "workflow.Future", "IsReady": "bool", "Error": "string",
}

// typeOfDeclaration is the text of the type of a name, "" if the files do not tell.
func (f *function) typeOfDeclaration(d declaration) string {
	if d.typed != nil {
		return f.source(d.typed.Pos(), d.typed.End())
	}
	if d.value == nil {
		return ""
	}
	return f.typeOfExpr(d.value, d.result)
}

func (f *function) typeOfExpr(x ast.Expr, result int) string {
	switch x := x.(type) {
	case *ast.ParenExpr:
		return f.typeOfExpr(x.X, result)
	case *ast.BasicLit:
		return map[token.Token]string{token.INT: "int", token.FLOAT: "float64", token.STRING: "string",
			token.CHAR: "rune"}[x.Kind]
	case *ast.CompositeLit:
		return f.source(x.Type.Pos(), x.Type.End())
	case *ast.UnaryExpr:
		if x.Op == token.AND {
			if t := f.typeOfExpr(x.X, 0); t != "" {
				return "*" + t
			}
		}
		if x.Op == token.NOT {
			return "bool"
		}
		return f.typeOfExpr(x.X, 0)
	case *ast.BinaryExpr:
		switch x.Op {
		case token.EQL, token.NEQ, token.LSS, token.GTR, token.LEQ, token.GEQ, token.LAND, token.LOR:
			return "bool"
		}
		if t := f.typeOfExpr(x.X, 0); t != "" && t != "int" {
			return t
		}
		return f.typeOfExpr(x.Y, 0)
	case *ast.Ident:
		switch x.Name {
		case "true", "false":
			return "bool"
		}
		return f.typeOfName(x.Name)
	case *ast.CallExpr:
		return f.typeOfCall(x, result)
	}
	return ""
}

func (f *function) typeOfCall(c *ast.CallExpr, result int) string {
	switch fun := c.Fun.(type) {
	case *ast.SelectorExpr:
		if pkg := f.workflowPackage(); pkg != "" && isName(fun.X, pkg) {
			return f.sdkType(fun.Sel.Name, result)
		}
		if x, ok := fun.X.(*ast.Ident); ok && f.importsByName()[x.Name] == "errors" && result == 0 {
			return "error"
		} else if ok && f.importsByName()[x.Name] == "fmt" && strings.HasPrefix(fun.Sel.Name, "Sprint") {
			return "string"
		} else if ok && f.importsByName()[x.Name] == "fmt" && fun.Sel.Name == "Errorf" {
			return "error"
		}
		if fun.Sel.Name == "ExecuteOperation" {
			return f.sdkType("ExecuteOperation", result)
		}
		if t, known := methods[fun.Sel.Name]; known && result == 0 {
			return strings.Replace(t, "workflow.", f.workflowPackage()+".", 1)
		}
		return declaredResult(filepath.Dir(f.path), fun.Sel.Name, true, result)
	case *ast.Ident:
		switch fun.Name {
		case "string", "int", "int64", "float64", "bool":
			return fun.Name
		case "len", "cap":
			return "int"
		case "make", "new":
			if fun.Name == "make" && len(c.Args) > 0 {
				return f.source(c.Args[0].Pos(), c.Args[0].End())
			}
			return ""
		}
		return declaredResult(filepath.Dir(f.path), fun.Name, false, result)
	}
	return ""
}

func (f *function) sdkType(name string, result int) string {
	if name == "SideEffect" || name == "MutableSideEffect" {
		for local, path := range f.importsByName() {
			if path == "go.temporal.io/sdk/converter" {
				return local + ".EncodedValue"
			}
		}
		return ""
	}
	types := resultOf[name]
	if result >= len(types) {
		return ""
	}
	t := types[result]
	switch {
	case t == "error", t == "bool", strings.Contains(t, "."):
		return t
	case strings.HasPrefix(t, "*"):
		return "*" + f.workflowPackage() + "." + t[1:]
	}
	return f.workflowPackage() + "." + t
}

// typeOfName is the type of a parameter, or of a variable that the function declares once.
func (f *function) typeOfName(name string) string {
	for _, n := range f.around {
		for _, fields := range []*ast.FieldList{typeOf(n).Params, typeOf(n).Results} {
			if fields == nil {
				continue
			}
			for _, p := range fields.List {
				for _, id := range p.Names {
					if id.Name == name {
						return f.source(p.Type.Pos(), p.Type.End())
					}
				}
			}
		}
	}
	for _, d := range declaredBy(f.body().List) {
		if d.name == name && (d.value == nil || !isName(d.value, name)) {
			return f.typeOfDeclaration(d)
		}
	}
	return ""
}
