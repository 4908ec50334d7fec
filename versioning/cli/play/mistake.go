package play

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/replaymatrix/replaymatrix/versioning"
)

// A mistake is the release of a stage that is not safe for executions which the
// first stage has started and which are open.
type mistake struct {
	stage versioning.Stage
	cell  foretold
	// wayOut is the last stage before it that is safe for them, and answers as the
	// first one does.
	wayOut versioning.Stage
	// open is the scenario in which they are left open.
	open versioning.Scenario
}

// mistakes finds the first stage for each verdict that is not safe.
func (s *story) mistakes(ctx context.Context) (list []mistake, err error) {
	first := s.family.Stages[0]
	open, ok := s.proof.recorded(first.Name, staysOpen)
	if !ok {
		return nil, nil
	}
	own, err := s.proof.judge(ctx, first.Name+"."+open.Name, first.Name)
	if err != nil {
		return nil, err
	}
	wayOut := first
	known := map[string]bool{}
	for _, stage := range s.family.Stages[1:] {
		cell, err := s.proof.judge(ctx, first.Name+"."+open.Name, stage.Name)
		if err != nil {
			return nil, err
		}
		if cell.safe() {
			if slices.Equal(cell.result.Answers, own.result.Answers) {
				wayOut = stage
			}
		} else if verdict := string(cell.result.Verdict); !known[verdict] {
			known[verdict] = true
			list = append(list, mistake{stage, cell, wayOut, open})
		}
	}
	return list, nil
}

// make makes the mistake, and gets out of it where there is a way out.
func (s *story) make(ctx context.Context, number int, m mistake) error {
	first := s.family.Stages[0].Name
	s.printf("\n")
	s.comment("What people get wrong: releasing %s while an execution of %s is open.", m.stage.Name, first)
	x := played{id: fmt.Sprintf("open-workflow-id-%d", number), scenario: m.open}
	if driveOf(m.open) == nil && finishOf(m.open) == nil {
		x.recording = s.executions[0].recording // it completes as that one, once it can
	}
	if err := s.leaveOpen(ctx, first, x); err != nil {
		return err
	}

	if err := s.startWorker(ctx, m.stage.Name); err != nil {
		return err
	}
	if err := s.finish(ctx, x); err != nil {
		return err
	}
	event, err := s.awaitEvent(ctx, x.id, 15*time.Second, closedOrFailed)
	if err != nil && !isStuck(err) {
		return err
	}
	if taskFailed(event) {
		s.hearFirst(ctx)
	}
	if err := s.show(ctx, x.id); err != nil {
		return err
	}
	s.comment("foretold: %s", m.cell)
	if err := s.stopWorker(ctx); err != nil {
		return err
	}
	s.printf("\n")
	if closed(event) {
		said := "has said nothing"
		if len(s.heard) > 0 {
			said = "has warned"
		}
		s.comment("The worker of %s %s, and the execution is closed, though its history does not fit that code: "+
			"a live worker compares nothing of what it has replayed for the task that closes a workflow. Nothing "+
			"takes that back. "+
			"Ask the matrix before, and keep %s until no execution of %s is open.", m.stage.Name, said, m.wayOut.Name,
			first)
		return nil
	}
	s.comment("The way out: %s is the last release before %s that is safe for it and answers as %s does.",
		m.wayOut.Name, m.stage.Name, first)
	return s.getOut(ctx, x, m.wayOut.Name)
}

// leaveOpen starts the execution with a worker that is then stopped.
func (s *story) leaveOpen(ctx context.Context, stage string, x played) error {
	var flags []string
	if x.scenario.WithoutActivities() {
		flags = append(flags, "--without-activities")
	}
	if err := s.startWorker(ctx, stage, flags...); err != nil {
		return err
	}
	if err := s.start(ctx, x); err != nil {
		return err
	}
	if _, err := s.awaitEvent(ctx, x.id, stepTimeout, taskCompleted); err != nil {
		return err
	}
	if _, err := s.starter(ctx, "--describe-workflow", x.id); err != nil {
		return err
	}
	return s.stopWorker(ctx)
}

// finish does what closes the execution, unless activities that were held back do.
func (s *story) finish(ctx context.Context, x played) error {
	if finishOf(x.scenario) == nil {
		return nil
	}
	_, err := s.starter(ctx,
		append([]string{"--finish-workflow", x.id, "--scenario", x.scenario.Name}, s.familyFlag()...)...)
	return err
}

// getOut lets the stage finish the execution.
func (s *story) getOut(ctx context.Context, x played, stage string) error {
	if err := s.startWorker(ctx, stage); err != nil {
		return err
	}
	if _, err := s.awaitEvent(ctx, x.id, stepTimeout, closed); err != nil {
		return err
	}
	if x.recording == "" {
		if err := s.show(ctx, x.id); err != nil {
			return err
		}
		return s.stopWorker(ctx)
	}
	if _, err := s.starter(ctx, "--describe-workflow", x.id); err != nil {
		return err
	}
	if err := s.ask(ctx, x, stage); err != nil {
		return err
	}
	return s.stopWorker(ctx)
}

// show prints what the service knows, and what a query gets.
func (s *story) show(ctx context.Context, id string) error {
	if _, err := s.starter(ctx, "--describe-workflow", id); err != nil {
		return err
	}
	flags := []string{"--query-workflow", id}
	if s.query != defaultQuery {
		flags = append(flags, "--query", s.query)
	}
	_, err := s.starter(ctx, flags...)
	return err
}
