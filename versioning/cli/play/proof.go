package play

import (
	"context"
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/advice"
	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// proof is what the recordings say of a family, without a service.
type proof struct {
	family     *versioning.Family
	recordings map[string]history.Source
}

func (c commands) proof(f *versioning.Family) (*proof, error) {
	sources, err := c.Sources(f)
	if err != nil {
		return nil, err
	}
	p := &proof{family: f, recordings: map[string]history.Source{}}
	for _, s := range sources {
		p.recordings[s.Name] = s
	}
	return p, nil
}

// A foretold cell is what a replay says of an execution of that kind.
type foretold struct {
	cell   string
	result replay.Result
}

// judge replays the recording on the stage.
func (p *proof) judge(ctx context.Context, recording, stage string) (foretold, error) {
	cell := foretold{cell: p.family.Name + "/" + recording + "@" + stage}
	r, err := p.recordings[recording].Load()
	if err != nil {
		return cell, fmt.Errorf("%s: %w", cell.cell, err)
	}
	s, _ := p.family.Stage(stage)
	cell.result = replay.Judge(ctx, s, r, &replay.Options{Stages: p.family.Stages})
	if cell.result.Verdict == replay.Unjudged {
		if ctx.Err() != nil {
			return cell, context.Cause(ctx)
		}
		return cell, fmt.Errorf("%s could not be judged: %s", cell.cell, advice.Line(cell.result))
	}
	return cell, nil
}

// answer returns what the replayed code answers to the query, as the starter
// prints it.
func (f foretold) answer(query string) (string, bool) {
	for _, a := range f.result.Answers {
		if a.Query == query && a.Err == "" {
			return plain(a.Value), true
		}
	}
	return "", false
}

func (f foretold) safe() bool { return f.result.Verdict == replay.Safe }

// String is the verdict in one line for people, with the event and what is wrong.
func (f foretold) String() string {
	text := f.cell + " is " + string(f.result.Verdict)
	if f.result.Place.Event != 0 {
		text += fmt.Sprintf(" at event %d", f.result.Place.Event)
	}
	if line := advice.Line(f.result); line != "" {
		text += ": " + line
	}
	return text
}
