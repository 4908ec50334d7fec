package source

import (
	"fmt"
	"go/ast"
	"strings"
)

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
