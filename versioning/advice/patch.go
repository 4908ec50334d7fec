package advice

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/compare"
	"github.com/replaymatrix/replaymatrix/versioning/internal/source"
	"github.com/replaymatrix/replaymatrix/versioning/internal/trace"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Patch is code as an edit of the file that the stage was compiled from. It replaces whole lines.
type Patch struct {
	// File is the path that the compiler has recorded. Function is the function in it that the edit is
	// in, as a person would name it.
	File, Function string
	// From and To are the lines that Text replaces, the first line of the file being 1. If To is less
	// than From, Text comes before the line From, and replaces nothing.
	From, To int
	// Text is the new code, indented as its place is, and ends with a newline.
	Text string
	// Imports are the import paths that Text needs and File does not have.
	Imports []string
	// Sketch is whether Text has values of the recorded execution that others have otherwise, or ends where
	// others may go on. Then Text is right for that execution only, until somebody looks what was there.
	Sketch bool
	// Restored is whether Text is what was there: executions that begin now run it as they run the code
	// that is there.
	Restored bool
	// Others are the other stages before this one. Executions that they ran take the old branch too, as
	// nothing in their histories tells them apart.
	Others []string
}

// String shows the edit: where it belongs, and the code.
func (p *Patch) String() string {
	file := filepath.ToSlash(p.File)
	file = path.Join(path.Base(path.Dir(file)), path.Base(file))
	where := p.lines()
	if p.To >= p.From {
		where = "in place of " + where
	}
	in := file
	if p.Function != "" {
		in = p.Function + " of " + file
	}
	text := fmt.Sprintf("// In %s, %s:\n", in, where)
	for _, i := range p.Imports {
		text += fmt.Sprintf("// (imports %q)\n", i)
	}
	if p.Sketch {
		text += "// A sketch, made from this history: look what the code that recorded it did with arguments, results and errors.\n"
	}
	if len(p.Others) > 0 {
		text += fmt.Sprintf("// Executions of %s take the old branch too, and those that this code has begun: replay them.\n",
			strings.Join(p.Others, ", "))
	}
	lines := strings.Split(strings.TrimRight(p.Text, "\n"), "\n")
	indent := lines[0][:len(lines[0])-len(strings.TrimLeft(lines[0], "\t "))]
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, indent)
	}
	return text + strings.Join(lines, "\n")
}

// patch is the edit that lets both kinds of executions go on, nil where the source does not tell, or
// no GetVersion mends it.
func patch(r replay.Result) *Patch {
	c, x := r.Cause, r.Explanation
	if x == nil || !branchMends(c) {
		return nil
	}
	var e *source.Edit
	var others []string
	if c.Kind == cause.UpdateRenamed {
		e = edited(r) // both names can be handled at once
	}
	if e == nil && x.Stacks != nil {
		by := asking(r)
		e = source.Between(linesOf(x.Stacks.Now), linesOf(x.Stacks.Was), by)
		if e != nil && by.Recorded > 0 && by.Below == 0 && runsBefore(r, e) {
			by = source.New(proposedID(r))
			e = source.Between(linesOf(x.Stacks.Now), linesOf(x.Stacks.Was), by)
		}
		if e != nil && by == source.New(proposedID(r)) && moves(r, e) {
			by = source.New(changeID("move", *x.Parted))
			e = source.Between(linesOf(x.Stacks.Now), linesOf(x.Stacks.Was), by)
		}
		if by.Recorded == -1 && by.Below == 0 && e != nil && !e.Restored {
			others = x.Stacks.Earlier
		}
	}
	if e == nil && (c.Decided.Kind == cause.Unversioned || c.Decided.Kind == cause.PerhapsDefault ||
		c.Kind == cause.UpdateRenamed || c.Kind == cause.SignalRenamed) {
		e, others = edited(r), nil
	}
	if e == nil {
		return nil
	}
	made := &Patch{File: e.File, Function: e.Function, From: e.From, To: e.To, Text: e.Text, Imports: e.Imports,
		Sketch: e.Sketch, Restored: e.Restored, Others: others}
	switch {
	case c.Ahead != nil && !passed(r, made):
		return nil
	case c.Kind == cause.EndsOtherwise && !made.Restored && !passed(r, made):
		return earlier(r, made)
	}
	return made
}

func linesOf(lines []trace.Line) (there []source.Line) {
	for _, l := range lines {
		there = append(there, source.Line(l))
	}
	return there
}

// branchMends reports whether executions go on if they find the code that was there.
func branchMends(c cause.Cause) bool {
	if c.Decided.Way == cause.ByRollback || c.Decided.Elsewhere() {
		return false
	}
	switch c.Decided.Kind {
	case cause.OwnCode, cause.OwnCodeLast, cause.OlderCode, cause.Shadowed, cause.RanShadow:
		return false
	}
	switch c.Kind {
	case cause.StuckAhead:
		return c.Ahead.Failure == "NonDeterministicError" // what else fails there is to be mended
	case cause.Unchanged, cause.TypeNotRegistered, cause.CodePanics, cause.CodeDeadlocks, cause.NotDeterministic,
		cause.ValueUnreadable, cause.ArgumentMissing, cause.NotCalled, cause.FlagUnknown, cause.Unclassified:
		return false
	}
	return true
}

// asking is the GetVersion call that tells the executions apart: by the range that the code asks for,
// by a marker that they have and the code does not ask for, or by a new change ID.
func asking(r replay.Result) source.Version {
	c := r.Cause
	switch d := c.Decided; {
	case c.Kind == cause.BranchRemoved:
		return source.Version{ChangeID: c.Range.ChangeID, Recorded: int(c.Range.Version),
			Min: int(c.Range.Version), Max: c.Range.Max, Below: c.Range.Min}
	case (d.Kind == cause.IDRenamed || d.Kind == cause.NotAsked) && d.Version > 0:
		return source.Version{ChangeID: d.ChangeID, Recorded: int(d.Version), Min: -1, Max: int(d.Version) + 1}
	}
	return source.New(proposedID(r))
}

// runsBefore reports whether the code in the place of the edit runs in an earlier Workflow Task than the
// one in which history and code part: a GetVersion call finds a marker only from its Workflow Task on.
func runsBefore(r replay.Result, e *source.Edit) bool {
	if r.Explanation.Trace == nil || r.Cause.Parting == nil {
		return true
	}
	for _, task := range r.Explanation.Trace.Tasks() {
		if task.Completed == r.Cause.Parting.Task {
			return false
		}
		if runs(task, e.File, e.From, e.To) {
			return true
		}
	}
	return true
}

// ranFirst reports whether the code in the place of the edit runs in the first Workflow Task: no execution waits
// before it, and those that have begun find DefaultVersion there.
func ranFirst(r replay.Result, p *Patch) bool {
	if r.Explanation == nil || r.Explanation.Trace == nil {
		return false
	}
	tasks := r.Explanation.Trace.Tasks()
	return len(tasks) > 0 && runs(tasks[0], p.File, p.From, max(p.From, p.To))
}

// runs reports whether a call of the Workflow Task comes from one of the lines.
func runs(task compare.Task, file string, from, to int) bool {
	return slices.ContainsFunc(task.Calls, func(c *compare.Call) bool {
		return slices.ContainsFunc(c.Lines(), func(l trace.Line) bool {
			return l.File == file && from <= l.Number && l.Number <= to
		})
	})
}

// passed reports whether executions that wait where the replay ends have run the line of the edit: only
// then do they find the old branch there.
func passed(r replay.Result, p *Patch) bool {
	return reached(r, p.File) >= p.From
}

// reached is the line of the file at which executions wait where the replay ends, 0 if none is known.
func reached(r replay.Result, file string) int {
	if r.Explanation.Trace == nil {
		return 0
	}
	for _, l := range r.Explanation.Trace.Reached() {
		if l.File == file {
			return l.Number
		}
	}
	return 0
}
