package report_test

import (
	"context"
	"log"
	"os"

	"github.com/replaymatrix/replaymatrix/versioning/history"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
	"github.com/replaymatrix/replaymatrix/versioning/workflows/patching"
)

// One recording replayed by one stage, and why it does not fit.
func ExampleExplain() {
	recording, err := history.ReadFile(os.DirFS("../../histories/patching"), "initial.completed.json")
	if err != nil {
		log.Fatal(err)
	}
	stage, _ := patching.Family.Stage("patch-deprecated")
	result := replay.Judge(context.Background(), stage, recording, &replay.Options{Explain: true})

	cell := matrix.Cell{Family: patching.Family.Name, Recording: recording.Name, Stage: stage.Name, Result: result}
	if err := text.Explain(os.Stdout, text.ExplainOptions{}, cell); err != nil {
		log.Fatal(err)
	}
}
