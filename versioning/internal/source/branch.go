package source

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/format"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
)

// An Edit replaces the lines From to To of a file by Text. If To is less than From, Text comes before
// the line From. Imports are what Text needs and the file does not import.
type Edit struct {
	File, Function string
	From, To       int
	Text           string
	Imports        []string
	// Restored is whether Text is what was there, which executions that begin now run as they do now.
	Restored bool
	// Sketch is whether Text has values of one execution, which are others in the next one.
	Sketch bool
}

// longest is how many lines an edit has at most: a longer one is read by nobody, and then the function
// as it was is better kept under another name.
const longest = 60

// Between makes both functions one, where the stacks now and was part: executions that began with the
// code that was there go on with it. Lines are the innermost first. It returns nil where the files are
// not there, or do not tell enough.
func Between(now, was []Line, by Version) *Edit {
	n, w := functionsThatDiffer(now, was)
	if n == nil {
		return nil
	}
	return n.branch(w, by)
}

func (f *function) branch(w *function, by Version) *Edit {
	d := f.differ(w)
	if e := f.both(w, d, by); e != nil {
		return e
	}
	// What is declared here and used below is no matter if all of the block is in both branches.
	d.now.to, d.was.to = len(d.block.list), len(d.before.list)
	return f.both(w, d, by)
}

// both writes the branch, nil if that would not compile.
func (f *function) both(w *function, d difference, by Version) *Edit {
	ctx, pkg := f.context(), f.workflowPackage()
	renamed, ok := f.renamings(w)
	imports, resolved := f.resolves(w, d, renamed)
	if ctx == "" || pkg == "" || !ok || !resolved || d.now == (span{}) && d.was == (span{}) {
		return nil
	}
	if f.restores(w, d) {
		e := f.edit(w.written(d.was.of(d.before.list), d.before, nil, renamed), d, imports)
		if e != nil {
			e.Restored = true
		}
		return e
	}
	hoists, ok := f.hoists(w, d)
	version := f.unique("v", "version", "branch")
	if !ok || version == "" {
		return nil
	}
	ask, isOld := f.asking(by, d, ctx)
	old := w.written(d.was.of(d.before.list), d.before, hoists, renamed)
	newer := f.written(d.now.of(d.block.list), d.block, hoists, nil)
	return f.edit(branchText(branching{
		ask: fmt.Sprintf("%s := %s\n", version, ask), old: version + " " + isOld, hoists: hoists,
		was: old, now: newer, ends: returns(d.was.of(d.before.list)),
		chained: isIf(d.now.of(d.block.list)),
	}), d, imports)
}

type branching struct {
	ask, old string
	hoists   []hoist
	was, now string
	ends     bool
	// chained is whether the new code is one if statement.
	chained bool
}

func branchText(b branching) string {
	text := b.ask
	for _, h := range b.hoists {
		text += fmt.Sprintf("var %s %s\n", h.name, h.typed)
	}
	switch {
	case b.was == "":
		otherwise := strings.NewReplacer("==", "!=", "<", ">=").Replace(b.old)
		return text + fmt.Sprintf("if %s {\n%s}\n", otherwise, b.now)
	case b.now == "":
		return text + fmt.Sprintf("if %s {\n%s}\n", b.old, b.was)
	case b.ends:
		return text + fmt.Sprintf("if %s {\n%s}\n%s", b.old, b.was, b.now)
	}
	if b.chained {
		return text + fmt.Sprintf("if %s {\n%s} else %s", b.old, b.was, b.now)
	}
	return text + fmt.Sprintf("if %s {\n%s} else {\n%s}\n", b.old, b.was, b.now)
}

func isIf(list []ast.Stmt) bool {
	if len(list) != 1 {
		return false
	}
	_, is := list[0].(*ast.IfStmt)
	return is
}

// edit puts the text in the place of the statements.
func (f *function) edit(text string, d difference, imports []string) *Edit {
	formatted, err := format.Source([]byte(text))
	if err != nil || strings.Count(text, "\n") > longest {
		return nil
	}
	e := &Edit{File: f.path, Function: f.name(), Imports: imports}
	indent := ""
	if d.now.from < d.now.to {
		first, last := d.block.list[d.now.from], d.block.list[d.now.to-1]
		e.From, e.To = f.line(first.Pos()), f.line(last.End())
		indent = f.indent(e.From)
	} else if d.now.from < len(d.block.list) {
		e.From = f.line(d.block.list[d.now.from].Pos())
		e.To, indent = e.From-1, f.indent(e.From)
	} else {
		e.From = f.line(d.block.end)
		e.To, indent = e.From-1, f.indent(e.From)+"\t"
	}
	if !f.alone(d) {
		return nil
	}
	for line := range strings.Lines(string(formatted)) {
		if line != "\n" {
			line = indent + line
		}
		e.Text += line
	}
	return e
}

// alone reports whether the lines of the statements have nothing else on them.
func (f *function) alone(d difference) bool {
	lines := strings.SplitAfter(string(f.text), "\n")
	for _, s := range d.now.of(d.block.list) {
		start, end := f.set.Position(s.Pos()), f.set.Position(s.End())
		before := lines[start.Line-1][:start.Column-1]
		after := strings.TrimSpace(lines[end.Line-1][end.Column-1:])
		if strings.TrimSpace(before) != "" || after != "" && !strings.HasPrefix(after, "//") {
			return false
		}
	}
	return true
}

func (f *function) indent(line int) string {
	text := strings.SplitAfter(string(f.text), "\n")[line-1]
	return text[:len(text)-len(strings.TrimLeft(text, "\t "))]
}

// A hoist is a variable that both branches set and the code below uses.
type hoist struct{ name, typed string }

// hoists are the variables of the difference that are used after it. It reports false if the type of
// one is not known.
func (f *function) hoists(w *function, d difference) (hoists []hoist, ok bool) {
	add := func(of *function, s span, block statements) bool {
		for _, v := range declaredBy(s.of(block.list)) {
			if !d.block.after(d.now.to, v.name) || f.visible(d, v.name) {
				continue
			}
			typed := of.typeOfDeclaration(v)
			if i := slices.IndexFunc(hoists, func(h hoist) bool { return h.name == v.name }); i >= 0 {
				if typed != "" && hoists[i].typed != typed {
					return false
				}
				continue
			}
			if typed == "" {
				return false
			}
			hoists = append(hoists, hoist{v.name, typed})
		}
		return true
	}
	ok = add(f, d.now, d.block) && add(w, d.was, d.before)
	if !ok {
		return nil, false
	}
	// A statement that sets one of them and declares another one beside cannot do both.
	for _, side := range []struct {
		of    *function
		s     span
		block statements
	}{{f, d.now, d.block}, {w, d.was, d.before}} {
		for _, v := range declaredBy(side.s.of(side.block.list)) {
			if f.assigns(v, hoists, d) {
				for _, other := range declaredBy([]ast.Stmt{v.in}) {
					if !f.assigns(other, hoists, d) {
						typed := side.of.typeOfDeclaration(other)
						if typed == "" {
							return nil, false
						}
						hoists = append(hoists, hoist{other.name, typed})
					}
				}
			}
		}
	}
	return hoists, true
}

// visible reports whether the name is declared in the block of the difference before it, so that := sets
// it there and declares no other one.
func (f *function) visible(d difference, name string) bool {
	if d.block.declaredBefore(d.now.from, name) {
		return true
	}
	return d.block.end == f.body().Rbrace && slices.Contains(f.parameters(), name)
}

func (f *function) assigns(v declaration, hoists []hoist, d difference) bool {
	return slices.ContainsFunc(hoists, func(h hoist) bool { return h.name == v.name }) ||
		f.visible(d, v.name) && d.block.after(d.now.to, v.name)
}

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
		case path != "" && mine[name] == "":
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

// written is the text of the statements, with = for := where the name is declared before them, and
// the parameters as they are called now.
func (f *function) written(list []ast.Stmt, block statements, hoists []hoist, renamed map[string]string) string {
	if len(list) == 0 {
		return ""
	}
	type change struct {
		at, length int
		text       string
	}
	var changes []change
	for _, s := range list {
		if a, ok := s.(*ast.AssignStmt); ok && a.Tok == token.DEFINE && f.sets(a, hoists) {
			changes = append(changes, change{f.offset(a.TokPos), 2, "="})
		}
		if from, to, text, ok := f.assigned(s, hoists); ok {
			changes = append(changes, change{from, to - from, text})
		}
		if len(renamed) > 0 {
			declared := declaredIn(s)
			ast.Inspect(s, func(n ast.Node) bool {
				if sel, ok := n.(*ast.SelectorExpr); ok {
					if id, ok := sel.X.(*ast.Ident); ok && renamed[id.Name] != "" && !declared[id.Name] {
						changes = append(changes, change{f.offset(id.Pos()), len(id.Name), renamed[id.Name]})
					}
					return !ok
				}
				if id, ok := n.(*ast.Ident); ok && renamed[id.Name] != "" && !declared[id.Name] {
					changes = append(changes, change{f.offset(id.Pos()), len(id.Name), renamed[id.Name]})
				}
				return true
			})
		}
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.at, b.at) })
	from, end := f.offset(list[0].Pos()), f.offset(list[len(list)-1].End())
	var b strings.Builder
	for _, c := range changes {
		if c.at < from {
			continue
		}
		b.Write(f.text[from:c.at])
		b.WriteString(c.text)
		from = c.at + c.length
	}
	b.Write(f.text[from:end])
	b.WriteByte('\n')
	return b.String()
}

// assigned is what is left of a declaration whose variable is declared before the branches.
func (f *function) assigned(s ast.Stmt, hoists []hoist) (from, to int, text string, ok bool) {
	declared := declaredBy([]ast.Stmt{s})
	if _, is := s.(*ast.DeclStmt); !is || len(declared) != 1 ||
		!slices.ContainsFunc(hoists, func(h hoist) bool { return h.name == declared[0].name }) {
		return 0, 0, "", false
	}
	if v := declared[0].value; v != nil {
		text = declared[0].name + " = " + f.source(v.Pos(), v.End())
	}
	return f.offset(s.Pos()), f.offset(s.End()), text, true
}

// sets reports whether all names on the left are hoisted or were there before.
func (f *function) sets(a *ast.AssignStmt, hoists []hoist) bool {
	for _, l := range a.Lhs {
		id, ok := l.(*ast.Ident)
		if ok && slices.ContainsFunc(hoists, func(h hoist) bool { return h.name == id.Name }) {
			return true
		}
	}
	return false
}

var universe = map[string]bool{"nil": true, "true": true, "false": true, "iota": true, "error": true, "string": true,
	"int": true, "int8": true, "int16": true, "int32": true, "int64": true, "uint": true, "uint8": true,
	"uint16": true, "uint32": true, "uint64": true, "float32": true, "float64": true, "bool": true, "byte": true,
	"rune": true, "any": true, "len": true, "cap": true, "append": true, "make": true, "new": true, "panic": true,
	"min": true, "max": true, "copy": true, "delete": true, "recover": true, "close": true, "clear": true}
