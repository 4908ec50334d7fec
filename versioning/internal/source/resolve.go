package source

import (
	"cmp"
	"go/ast"
	"path/filepath"
	"slices"
	"strings"
)

// renamings are the parameters of the function that was, by what they are called now.
func (f *function) renamings(w *function) (map[string]string, bool) {
	now, was := f.parameters(), w.parameters()
	if len(now) != len(was) || f.results() != w.results() {
		return nil, false
	}
	renamed := map[string]string{}
	for i := range now {
		if now[i] != was[i] && was[i] != "" && was[i] != "_" {
			if now[i] == "" || now[i] == "_" {
				continue // resolves says whether that matters
			}
			renamed[was[i]] = now[i]
		}
	}
	return renamed, true
}

// resolves reports whether the names that the old statements use are there, and which imports they need.
func (f *function) resolves(w *function, d difference, renamed map[string]string) (imports []string, ok bool) {
	old := nodes(d.was.of(d.before.list))
	own, there := declaredIn(old...), f.namesBefore(d)
	missing := w.importsByName()
	mine := f.importsByName()
	folder := filepath.Dir(f.path)
	inPackage := map[string]bool{}
	if folder == filepath.Dir(w.path) {
		inPackage = packageNames(folder)
	}
	for name := range used(old...) {
		name = cmp.Or(renamed[name], name)
		switch path := missing[name]; {
		case own[name], there[name], universe[name], name == "_":
		case path != "" && mine[name] == path:
		case path != "" && mine[name] == "" && name == path[strings.LastIndexByte(path, '/')+1:]:
			imports = append(imports, path)
		case inPackage[name]:
		default:
			return nil, false
		}
	}
	slices.Sort(imports)
	return imports, true
}

// namesBefore are the names that can be used at the difference.
func (f *function) namesBefore(d difference) map[string]bool {
	names := map[string]bool{}
	for i, n := range f.around {
		params := &function{f.file, f.around[:i+1]}
		for _, p := range params.parameters() {
			names[p] = p != ""
		}
		ast.Inspect(bodyOf(n), func(n ast.Node) bool {
			s, ok := n.(ast.Stmt)
			if ok && f.line(s.Pos()) < f.firstLine(d) {
				for _, v := range declaredBy([]ast.Stmt{s}) {
					names[v.name] = true
				}
				switch s := s.(type) {
				case *ast.RangeStmt, *ast.IfStmt, *ast.ForStmt, *ast.SwitchStmt, *ast.TypeSwitchStmt:
					if f.line(s.End()) >= f.firstLine(d) {
						for name := range declaredIn(headOf(s)...) {
							names[name] = true
						}
					}
				}
			}
			return true
		})
	}
	return names
}

func (f *function) firstLine(d difference) int {
	if d.now.from < len(d.block.list) {
		return f.line(d.block.list[d.now.from].Pos())
	}
	return f.line(d.block.end)
}

// headOf are the parts of a statement that declare names for its block.
func headOf(s ast.Stmt) (head []ast.Node) {
	add := func(s ast.Stmt) {
		if s != nil {
			head = append(head, s)
		}
	}
	switch s := s.(type) {
	case *ast.RangeStmt:
		head = append(head, &ast.RangeStmt{Key: s.Key, Value: s.Value, X: s.X, Body: &ast.BlockStmt{}})
	case *ast.IfStmt:
		add(s.Init)
	case *ast.ForStmt:
		add(s.Init)
	case *ast.SwitchStmt:
		add(s.Init)
	case *ast.TypeSwitchStmt:
		add(s.Init)
		add(s.Assign)
	}
	return head
}

var universe = map[string]bool{"nil": true, "true": true, "false": true, "iota": true, "error": true, "string": true,
	"int": true, "int8": true, "int16": true, "int32": true, "int64": true, "uint": true, "uint8": true,
	"uint16": true, "uint32": true, "uint64": true, "float32": true, "float64": true, "bool": true, "byte": true,
	"rune": true, "any": true, "len": true, "cap": true, "append": true, "make": true, "new": true, "panic": true,
	"min": true, "max": true, "copy": true, "delete": true, "recover": true, "close": true, "clear": true}
