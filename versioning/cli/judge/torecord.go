package judge

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/internal/against"
	"github.com/replaymatrix/replaymatrix/versioning/internal/prose"
)

// toRecord says which recording is missing, and how to make it.
func toRecord(w *against.Wanted, command string) (text string) {
	if w == nil {
		return ": record one, and run again"
	}
	pull := fmt.Sprintf("%s pull --workflow-type %s %s", command, wordOr(w.WorkflowType, "TYPE"),
		wordOr(w.Folder, "FOLDER"))
	text = fmt.Sprintf(". Let a Worker of stage %s run one in a test environment, and pull it: %s", w.Stage,
		heldTogether(pull))
	if w.Scenario != "" {
		text = fmt.Sprintf(". Record scenario %s at stage %s as %s.%s (package record)", w.Scenario, w.Stage, w.Stage,
			w.Scenario) + ", or l" + text[len(". L"):]
	}
	return text
}

// wordOr is the word for a shell, or what stands for one that is not known.
func wordOr(word, otherwise string) string {
	if word == "" {
		return otherwise
	}
	return prose.ShellWord(word)
}

// held stands for a space at which no line may end.
const held = "\x1f"

// heldTogether keeps a command in one line, so that it can be pasted.
func heldTogether(command string) string { return strings.ReplaceAll(command, " ", held) }

func apartAgain(text string) string { return strings.ReplaceAll(text, held, " ") }
