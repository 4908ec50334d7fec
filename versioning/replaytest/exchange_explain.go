package replaytest

import (
	"os"
	"slices"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/internal/exchange"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/shown"
)

// explainAsked replays the cells that the command asks for once more, with an Explanation: it holds a whole
// replay and cannot leave this process. What is shown of it can.
func explainAsked(t T, p Params, dir string, test exchange.Test, request exchange.Request) error {
	t.Helper()
	asked := request.Explain[test.ID]
	if len(asked) == 0 {
		return nil
	}
	opts := exchangeOptions(p, request)
	opts.Explain = true
	answers := make([]exchange.Explained, len(asked))
	var folders []string
	for _, a := range asked {
		if !slices.Contains(folders, a.Folder) {
			folders = append(folders, a.Folder)
		}
	}
	for _, folder := range folders {
		of := map[string][]int{} // several cells can ask for the code of one
		for i, a := range asked {
			if a.Folder == folder {
				of[a.Recording+"@"+a.Stage] = append(of[a.Recording+"@"+a.Stage], i)
			}
		}
		opts.Only = func(recording, stage string) bool { return len(of[recording+"@"+stage]) > 0 }
		var failed error
		opts.Each = func(c *matrix.Cell) {
			for _, i := range of[c.Name()] {
				if err := answer(&answers[i], asked[i], *c); err != nil {
					failed = err
				}
			}
			c.Explanation = nil
		}
		// All recordings, since a rehearsal borrows what a signal has brought in another one.
		sources, err := history.Dir(os.DirFS(folder), ".")
		if err != nil {
			return err
		}
		if _, err := matrix.Judge(t.Context(), p.Family, slices.Values(sources), &opts); err != nil {
			return err
		}
		if failed != nil {
			return failed
		}
	}
	return exchange.WriteExplained(dir, test.ID, answers)
}

// answer says of the cell what the command shows, by the names that it shows it under.
func answer(to *exchange.Explained, asked exchange.Asked, judged matrix.Cell) error {
	cell, err := asked.Cell()
	if err != nil {
		return err
	}
	if asked.Near {
		to.Near = judged.Near(cell.Result)
		return nil
	}
	cell.Explanation = judged.Explanation
	cell.GoesOn(asked.WasStage, asked.Was)
	to.Panel, to.Mending = shown.Of(cell), shown.MendingOf(report.Explained{Cell: cell})
	return nil
}
