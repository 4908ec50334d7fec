package source

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// step writes the statements of one step. They do what program.run.step does.
func (w *writer) step(s *program.Step) {
	switch s.Kind {
	case program.Activity:
		w.get(s, s.Name, fmt.Sprintf("workflow.ExecuteActivity(ctx, %q, %s).Get(ctx, &%%s)", s.Name, value(s)))
	case program.LocalActivity:
		w.get(s, s.Name, fmt.Sprintf("workflow.ExecuteLocalActivity(ctx, %q, %s).Get(ctx, &%%s)", s.Name, value(s)))
	case program.Timer:
		w.writef(`o.note("slept", workflow.Sleep(ctx, %s))`, duration(s.Duration))
	case program.Child, program.Spawn:
		w.child(s)
	case program.Receive:
		got := w.name(s.Name)
		w.writef("var %s %s", got, goType(s))
		w.writef("workflow.GetSignalChannel(ctx, %q).Receive(ctx, &%s)", s.Name, got)
		w.writef("o.got(%s)", got)
	case program.Drain:
		got := w.name(s.Name)
		w.writef("for {\n\tvar %s %s\n\tif !workflow.GetSignalChannel(ctx, %q).ReceiveAsync(&%s) {\n\t\tbreak\n\t}\n\to.got(%s)\n}",
			got, goType(s), s.Name, got, got)
	case program.Handle:
		w.handle(s)
	case program.AwaitUpdates:
		w.writef(`o.note("updated", workflow.Await(ctx, func() bool { return o.updates >= %d }))`, s.Count)
	case program.Select:
		w.choose(s)
	case program.Fork:
		w.fork(s)
	case program.Cancelled:
		w.cancelled(s)
	case program.SideEffect:
		w.get(s, "drawn", fmt.Sprintf("workflow.SideEffect(ctx, func(workflow.Context) any { return %q }).Get(&%%s)", s.Value))
	case program.MutableSideEffect:
		w.get(s, s.Name, fmt.Sprintf("workflow.MutableSideEffect(ctx, %q, func(workflow.Context) any { return %q },\n"+
			"\tfunc(a, b any) bool { return a == b }).Get(&%%s)", s.Name, s.Value))
	case program.Version:
		w.version(s)
	case program.Upsert:
		w.try(fmt.Sprintf("workflow.UpsertTypedSearchAttributes(ctx, keyword.ValueSet(%s))", value(s)))
	case program.Memo:
		w.try(fmt.Sprintf("workflow.UpsertMemo(ctx, map[string]any{%q: %s})", s.Name, value(s)))
	case program.Repeat:
		w.writef("for range %d {", s.Count)
		w.within(func() { w.steps(s.Blocks[0]) })
		w.write("}")
	case program.When:
		w.either(fmt.Sprintf("o.last == %q", s.Value), fmt.Sprintf("o.last != %q", s.Value), s.Blocks[0], s.Blocks[1])
	case program.Notify:
		w.writef(`o.note("notified", workflow.SignalExternalWorkflow(ctx, %q, "", %q, %s).Get(ctx, nil))`, s.Target, s.Name, value(s))
	case program.Return:
		w.writef("o.taken = append(o.taken, %q)", s.Value)
		w.done()
	case program.Fail:
		w.failed(fmt.Sprintf(`temporal.NewNonRetryableApplicationError(%q, "Failed", nil)`, s.Value))
	case program.ContinueAsNew:
		w.write(`if input != "again" {`)
		w.within(func() { w.failed(fmt.Sprintf(`workflow.NewContinueAsNewError(ctx, %q, "again")`, program.Type)) })
		w.write("}")
	default:
		panic(fmt.Sprintf("a program with a step of unknown kind %q", s.Kind))
	}
}

// get writes a wait for a value, which may fail. The format has a place for the variable.
func (w *writer) get(s *program.Step, of, format string) {
	got := w.name(of)
	w.writef("var %s %s", got, goType(s))
	w.writef("if err := "+format+"; err != nil {", got)
	w.writef("\to.got(\"failed\")\n} else {\n\to.got(%s)\n}", got)
}

// try writes a call whose error ends the function.
func (w *writer) try(call string) {
	w.writef("if err := %s; err != nil {", call)
	w.within(func() { w.failed("err") })
	w.write("}")
}

// either writes a branch, without an empty half.
func (w *writer) either(condition, otherwise string, then, or []program.Step) {
	if len(then) == 0 {
		condition, then, or = otherwise, or, nil
	}
	w.writef("if %s {", condition)
	w.within(func() { w.steps(then) })
	if len(or) > 0 {
		w.write("} else {")
		w.within(func() { w.steps(or) })
	}
	w.write("}")
}

// version writes a GetVersion call and a branch for each version.
func (w *writer) version(s *program.Step) {
	call := fmt.Sprintf("workflow.GetVersion(ctx, %q, %s, %s)", s.Name, versionName(s.Min), versionName(s.Max))
	switch len(s.Blocks) {
	case 1:
		w.write(call)
		w.steps(s.Blocks[0])
		return
	case 2:
		v := w.name("version")
		w.writef("%s := %s", v, call)
		w.either(fmt.Sprintf("%s == %s", v, versionName(s.Min)), fmt.Sprintf("%s != %s", v, versionName(s.Min)), s.Blocks[0], s.Blocks[1])
		return
	}
	w.writef("switch %s {", call)
	for i, block := range s.Blocks {
		w.writef("case %s:", versionName(s.Min+i))
		w.within(func() { w.steps(block) })
	}
	w.write("}")
}

func versionName(v int) string {
	if v == -1 {
		return "workflow.DefaultVersion"
	}
	return fmt.Sprint(v)
}
