package pipeline

import (
	"fmt"

	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/rehearse"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/told"
)

// docs is where the pages are published that say more of a rule.
const docs = "https://github.com/replaymatrix/replaymatrix/blob/main/docs/"

// ruleHelp is what a reader of an alert asks of its rule: what becomes of executions, what to do, and where more
// is said. The message of a result says the same of its place.
type ruleHelp struct{ means, do, page string }

var ruleHelps = map[string]ruleHelp{
	string(replay.Safe): {"Workers with this code can take such executions.",
		"Nothing, unless you have asked to fail on it.", "verdicts.md#safe"},
	string(replay.Drift): {"The SDK accepts the replay and no Worker ever notices: what the history holds stays as it was, and " +
		"what comes after it follows the new code. The execution does not get stuck.",
		"If such executions must go on as they began, branch with GetVersion. If the value may differ, allow it in " +
			"Config.Allow, with the reason.", "verdicts.md#drift"},
	string(replay.Nondeterministic): {"A live Worker fails the Workflow Task again and again, and the execution is stuck until " +
		"fitting code comes. Where the code closes the execution in that task, nothing is checked, and it closes without a word.",
		"Put the change behind a GetVersion call before you deploy it. Do not roll back to older code while such executions " +
			"are open.", "verdicts.md#nondeterministic"},
	string(replay.Undecodable): {"The code asks for a value as a type into which what was recorded does not decode.",
		"Keep the old type, or let the new one read both, while such executions are open.", "verdicts.md#undecodable"},
	string(replay.VersionRemoved): {"The branch that such executions took is gone. A live Worker fails the Workflow Task again and " +
		"again, and the execution is stuck.",
		"Keep the branch, and the minimum of the GetVersion call, while such executions are open.",
		"verdicts.md#version-removed"},
	string(replay.VersionUnknown): {"The code is older than the execution. A live Worker fails the Workflow Task again and again, " +
		"and the execution is stuck.",
		"Do not roll back to this code while such executions are open.", "verdicts.md#version-unknown"},
	string(replay.Unregistered): {"A live Worker cannot begin the replay. It fails the Workflow Task again and again, and the " +
		"execution is stuck.",
		"Keep the workflow type registered while such executions are open.", "verdicts.md#unregistered"},
	string(replay.NotApplicable): {"The execution is pinned to another build, and this code gets it only if somebody moves it.",
		"Keep Workers of that build running until such executions have ended.", "verdicts.md#not-applicable"},
	string(replay.Panic): {"A live Worker fails the Workflow Task again and again, and the execution is stuck until a Worker has " +
		"code that does not fail.",
		"Mend the code, or find out what it needs that it does not have in a replay.", "verdicts.md#panic"},
	string(replay.Unstable): {"Each replay can do something else, so any replay of a live Worker can get the execution stuck.",
		"Let nothing decide what the workflow does but its input and its history: look for ranges over maps, time.Now, random " +
			"numbers, and Go's own goroutines, channels and select.", "verdicts.md#unstable"},
	string(replay.Unstarted): {"There is nothing to compare: no code has run.",
		"Record or download executions that have begun.", "verdicts.md#unstarted"},
	string(replay.Unjudged): {"This says nothing about the code, good or bad, and so nobody knows whether such executions go on.",
		"Read in the message what keeps the recording from being judged, and replace it.", "verdicts.md#unjudged"},
	told.OtherwiseRule: {"The history is the same, and the state of the workflow is another one than under the code that ran it.",
		"See whether the new answer is what is meant.", "verdicts.md#safe"},
	string(rehearse.Stuck): {"A live Worker fails the next Workflow Task of the execution again and again.",
		"Let the new code take what comes next as the old code did, behind a GetVersion call.", "live.md#what-changes-a-verdict"},
	string(rehearse.Closes): {"A live Worker closes the execution where it went on, or closes it in another way.",
		"See whether that is what the change is for. If not, branch with GetVersion.", "live.md#what-changes-a-verdict"},
	string(rehearse.Hangs): {"A live Worker does nothing where something was done, and nothing comes to the execution by itself.",
		"See whether that is what the change is for. If not, branch with GetVersion.", "live.md#what-changes-a-verdict"},
	finding.RollName: {"While a deploy rolls, Workers of the stage before get executions back that have had a task under the new " +
		"code, and get stuck on them or close them.",
		"Stop the old Workers soon, or keep such executions on their build by Worker Versioning.",
		"live.md#what-a-rolling-deploy-does"},
}

// noteHelp is that of all kinds of notes.
var noteHelp = ruleHelp{"The execution replays, and the history alone does not tell what a reader has to know.",
	"Look at the line that the message names, and give the recording the stage that ran it, so that this code can tell.",
	"verdicts.md#findings-and-notes"}

func sarifRules() (rules []sarifRule, index map[string]int) {
	index = map[string]int{}
	add := func(id, doc, level string, help ruleHelp) {
		index[id] = len(rules)
		uri := docs + help.page
		rules = append(rules, sarifRule{
			ID: id, Name: id, ShortDescription: sarifText{doc},
			FullDescription: sarifText{fmt.Sprintf("%s: %s. %s", id, doc, help.means)}, HelpURI: uri,
			Help: sarifHelp{
				Text: fmt.Sprintf("%s: %s.\n\n%s\n\nWhat to do: %s The message of the result says it of its place. More: %s", id, doc,
					help.means, help.do, uri),
				Markdown: fmt.Sprintf("`%s`: %s.\n\n%s\n\n**What to do**: %s The message of the result says it of its place.\n\n"+
					"[More about %s](%s)", id, doc, help.means, help.do, id, uri),
			},
			Default: sarifConfig{level},
		})
	}
	for _, info := range replay.Verdicts() {
		level := "note"
		if info.Incompatible || info.Verdict == replay.Unjudged {
			level = "warning"
		}
		add(string(info.Verdict), info.Doc, level, ruleHelps[string(info.Verdict)])
	}
	add(told.OtherwiseRule, "replays, and answers a query otherwise than under the code that ran the execution", "note",
		ruleHelps[told.OtherwiseRule])
	for _, kind := range []string{string(rehearse.Stuck), string(rehearse.Closes), string(rehearse.Hangs),
		finding.RollName} {
		add(kind, "replays, and a live Worker does otherwise than the code that ran the execution ("+kind+")", "note",
			ruleHelps[kind])
	}
	for _, info := range replay.Notes() {
		add(string(info.Kind), info.Doc, "note", noteHelp)
	}
	return rules, index
}
