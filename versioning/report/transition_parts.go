package report

import "fmt"

// A part is what a transition does to some of the executions that it is about.
type part struct {
	kind     partKind
	subjects []subject
	// before and loud begin its sentence; the word that matters is loud.
	before, loud string
	// rest is what comes between them and the subjects.
	rest string
	// aside is whether it is only there so that nothing goes without a word.
	aside bool
}

// partKind is what is done; "changes" and its like are words of pages too.
type partKind string

const (
	breaking   partKind = "breaks"
	changing   partKind = "changes"
	unjudging  partKind = "unknown"
	answering  partKind = "otherwise"
	doubting   partKind = "findings"
	replaying  partKind = "safe"
	pinnedAway partKind = "pinned"
	unbegun    partKind = "unstarted"
)

// parts are in the order of their weight, the worst first. Executions that are
// pinned are in another part too if some of them get to the stage.
func (t transition) parts() (parts []part) {
	all := []part{
		{kind: breaking, loud: "BREAKS"},
		{kind: changing, loud: "CHANGES", rest: "what "},
		{kind: unjudging, loud: "cannot tell", rest: "for "},
		{kind: answering, before: "replays and ", loud: "ANSWERS OTHERWISE", rest: "for "},
		{kind: doubting, before: "replays with ", loud: "FINDINGS", rest: "for "},
		{kind: replaying, loud: "safe", rest: "for "},
		{kind: pinnedAway, loud: "leaves those pinned elsewhere to Workers that must keep running:"},
	}
	unstarted := 0
	for _, o := range t.outcomes {
		unstarted += o.unstarted
		if o.pinned {
			all[6].subjects = append(all[6].subjects, o.subject)
		}
		at := 5
		switch {
		case !o.meets:
			continue
		case severity(o.worst) > 0:
			at = 3 - severity(o.worst)
		case o.otherwise:
			at = 3
		case o.findings:
			at = 4
		}
		all[at].subjects = append(all[at].subjects, o.subject)
	}
	for _, p := range all {
		if len(p.subjects) > 0 {
			parts = append(parts, p)
		}
	}
	switch {
	case unstarted > 0 && len(parts) == 0:
		return []part{{kind: unbegun, loud: "cannot tell", rest: fmt.Sprintf("from executions that had not begun (%d)", unstarted)}}
	case unstarted > 0:
		parts = append(parts, part{kind: unbegun, loud: thousands(unstarted), rest: "had not begun", aside: true})
	}
	return parts
}

// text is the part of a sentence.
func (p part) text() string { return p.before + p.loud + " " + p.words() }

// words are those after the loud one.
func (p part) words() string {
	switch p.kind {
	case breaking:
		return p.rest + executionsOf(p.subjects)
	case changing:
		return p.rest + whatTheyDo(p.subjects)
	case unbegun:
		return p.rest
	default:
		return p.rest + those(p.subjects)
	}
}

// worst is the kind of the worst part: whether the transition may be made.
func (t transition) worst() partKind {
	if parts := t.parts(); len(parts) > 0 {
		return parts[0].kind
	}
	return unjudging
}
