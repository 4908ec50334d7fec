package applied

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"strings"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// A Cell is a recording and a stage of a copy.
type Cell struct{ Copy, Family, Recording, Stage string }

// An Answer is what becomes of a Cell.
type Answer struct {
	Cell
	// Verdict and Cause are as in the matrix, with every waiting point rehearsed.
	Verdict replay.Verdict
	Cause   string
	// Source is the line of code where history and code part.
	Source string
	// Points is the number of waiting points that were rehearsed. Effects are what a live Worker does
	// there.
	Points  int
	Effects []rehearse.Effect
	// Err says why it could not be judged.
	Err string
}

// Mended reports whether the recording is safe at the stage of the copy, and a live Worker breaks it at
// no waiting point.
func (a Answer) Mended() bool {
	return a.Err == "" && a.Verdict == replay.Safe && len(a.Broken()) == 0
}

// Broken are the effects that leave the execution stuck, close it or let it hang. An execution that
// closes by a version that it takes there does what the change is for.
func (a Answer) Broken() (broken []rehearse.Effect) {
	for _, e := range a.Effects {
		switch e.Kind {
		case rehearse.Stuck:
			broken = append(broken, e)
		case rehearse.Closes, rehearse.Hangs:
			if !e.ByVersion {
				broken = append(broken, e)
			}
		}
	}
	return broken
}

// String says what breaks.
func (a Answer) String() string {
	if a.Err != "" {
		return "not judged: " + a.Err
	}
	text := string(a.Verdict)
	if a.Cause != "" {
		text += " " + a.Cause
	}
	if broken := a.Broken(); len(broken) > 0 && a.Verdict == replay.Safe {
		e := broken[0]
		text += strings.TrimRight(fmt.Sprintf(", %s after event %d: %s %s", e.Kind, e.Point, e.Cause, e.Message), ": ")
	}
	return text
}

// Judge judges the cells, all of the copies that compile.
func (p *Program) Judge(ctx context.Context, cells []Cell) ([]Answer, error) {
	asked, err := json.Marshal(cells)
	if err != nil {
		return nil, err
	}
	var out, errs bytes.Buffer
	command := exec.CommandContext(ctx, p.binary)
	command.Dir, command.Stdin, command.Stdout, command.Stderr = corpora.Root(), bytes.NewReader(asked), &out, &errs
	if err := command.Run(); err != nil {
		return nil, fmt.Errorf("judging %d cells of copies: %w: %s", len(cells), err, &errs)
	}
	var answers []Answer
	if err := json.Unmarshal(out.Bytes(), &answers); err != nil {
		return nil, fmt.Errorf("judging %d cells of copies: %w", len(cells), err)
	}
	return answers, nil
}
