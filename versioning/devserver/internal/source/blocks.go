package source

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/devserver/internal/program"
)

// child writes a child workflow, with its options.
func (w *writer) child(s *program.Step) {
	child := w.name("child")
	policy := "TERMINATE"
	if s.Kind == program.Spawn {
		policy = "ABANDON"
	}
	w.writef("%s := workflow.WithChildOptions(ctx, workflow.ChildWorkflowOptions{", child)
	w.writef("\tTaskQueue:         %q,\n\tParentClosePolicy: enumspb.PARENT_CLOSE_POLICY_%s,", program.ChildQueue, policy)
	if s.Flag {
		w.writef("\tWorkflowID:        workflow.GetInfo(ctx).WorkflowExecution.ID + \"/%s\",", s.Name)
	}
	w.write("})")
	call := fmt.Sprintf("workflow.ExecuteChildWorkflow(%s, %q, %s)", child, s.Name, value(s))
	if s.Kind == program.Child {
		w.get(s, s.Name, call+".Get(ctx, &%s)")
		return
	}
	w.writef(`o.note("spawned", %s.GetChildWorkflowExecution().Get(ctx, nil))`, call)
}

// handle writes an update handler.
func (w *writer) handle(s *program.Step) {
	w.writef("if err := workflow.SetUpdateHandler(ctx, %q, func(ctx workflow.Context, argument string) (string, error) {", s.Name)
	handler := scope{leave: []string{"o.updates++"}, done: "return o.last, nil", failed: "return o.last, ERR"}
	w.in(handler, func() {
		w.write("ctx = withOptions(ctx)")
		w.write("o.got(argument)")
		w.steps(s.Blocks[0])
		w.done()
	})
	w.write("}); err != nil {")
	w.within(func() { w.failed("err") })
	w.write("}")
}

// choose writes a Select and a branch for each of its cases.
func (w *writer) choose(s *program.Step) {
	selector, chosen := w.name("selector"), w.name("chosen")
	w.writef("%s := workflow.NewSelector(ctx)", selector)
	w.writef("%s := \"\"", chosen)
	timer, cancel := "ctx", ""
	if s.Duration > 0 {
		if s.Flag {
			timer, cancel = w.name("timer"), w.name("cancel")
			w.writef("%s, %s := workflow.WithCancel(ctx)", timer, cancel)
		}
		w.writef("%s.AddFuture(workflow.NewTimer(%s, %s), func(f workflow.Future) {", selector, timer, duration(s.Duration))
		w.writef("\t%s = \"timer\"\n\to.note(\"timed out\", f.Get(ctx, nil))\n})", chosen)
	}
	if s.Name != "" {
		w.writef("%s.AddReceive(workflow.GetSignalChannel(ctx, %q), func(c workflow.ReceiveChannel, _ bool) {", selector, s.Name)
		w.writef("\t%s = \"signal\"\n\tvar got %s\n\tc.Receive(ctx, &got)\n\to.got(got)\n})", chosen, goType(s))
	}
	if s.Value != "" {
		w.writef("%s.AddFuture(workflow.ExecuteActivity(ctx, %q, o.last), func(f workflow.Future) {", selector, s.Value)
		w.writef("\t%s = \"activity\"", chosen)
		w.within(func() { w.get(s, s.Value, "f.Get(ctx, &%s)") })
		w.write("})")
	}
	w.writef("%s.Select(ctx)", selector)
	if cancel != "" {
		w.writef("if %s != \"timer\" {\n\t%s()\n}", chosen, cancel)
	}
	w.writef("switch %s {", chosen)
	for i, name := range []string{"timer", "signal", "activity"} {
		if len(s.Blocks[i]) > 0 {
			w.writef("case %q:", name)
			w.within(func() { w.steps(s.Blocks[i]) })
		}
	}
	w.write("}")
}

// fork writes coroutines, and waits for all of them.
func (w *writer) fork(s *program.Step) {
	const ended = `o.taken = append(o.taken, "ended")`
	branch := scope{leave: []string{ended}, done: "return", failed: "return"}
	if s.Flag {
		done := w.name("done")
		w.writef("%s := workflow.NewChannel(ctx)", done)
		send := fmt.Sprintf("%s.Send(ctx, true)", done)
		branch.leave = []string{send, ended}
		for _, block := range s.Blocks {
			w.write("workflow.Go(ctx, func(ctx workflow.Context) {")
			w.in(branch, func() {
				w.steps(block)
				w.write(send)
			})
			w.write("})")
		}
		w.writef("for range %d {\n\t%s.Receive(ctx, nil)\n}", len(s.Blocks), done)
		return
	}
	wg := w.name("group")
	w.writef("%s := workflow.NewWaitGroup(ctx)", wg)
	for _, block := range s.Blocks {
		w.writef("%s.Add(1)", wg)
		w.write("workflow.Go(ctx, func(ctx workflow.Context) {")
		w.in(branch, func() {
			w.writef("defer %s.Done()", wg)
			w.steps(block)
		})
		w.write("})")
	}
	w.writef("%s.Wait(ctx)", wg)
}

// cancelled writes a block beside something that is canceled after it.
func (w *writer) cancelled(s *program.Step) {
	ctx, cancel, started := w.name("scope"), w.name("cancel"), w.name("started")
	w.writef("%s, %s := workflow.WithCancel(ctx)", ctx, cancel)
	if s.Name == "" {
		w.writef("%s := workflow.NewTimer(%s, %s)", started, ctx, duration(s.Duration))
	} else {
		w.writef("%s := workflow.ExecuteActivity(%s, %q, %s)", started, ctx, s.Name, value(s))
	}
	outer := w.scope
	w.scope.leave = append(append([]string{}, outer.leave...), cancel+"()")
	w.steps(s.Blocks[0])
	w.scope = outer
	w.writef("%s()", cancel)
	w.writef(`o.note("finished", %s.Get(ctx, nil))`, started)
}
