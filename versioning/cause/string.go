package cause

import (
	"fmt"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/compare"
)

// String returns the cause in one short line: the kind, what is recorded and what the code does
// now, and in brackets the Decision. The format is stable. The line does not say what to do.
func (c Cause) String() string {
	var words []string
	add := func(text string) {
		if text != "" {
			words = append(words, text)
		}
	}
	if c.Pin != nil {
		add("pinned to " + c.Pin.Build)
	}
	if c.Kind != NotBegun {
		add(string(c.Kind))
	}
	add(c.about())
	if c.Decided.Kind != "" {
		add("[" + c.Decided.String() + "]")
	}
	return strings.Join(words, " ")
}

// about is what the part of the cause says that belongs to its kind.
func (c Cause) about() string {
	switch {
	case c.Value != nil:
		return c.Value.String()
	case c.Parting != nil:
		return c.Parting.String()
	case c.Range != nil:
		return c.Range.String()
	case c.Parameters != nil:
		return fmt.Sprintf("takes %d, has %d", c.Parameters.Takes, c.Parameters.Has)
	case c.Signal != nil:
		return fmt.Sprintf("%s%s (events %s)", c.Signal.Name, arrow(c.Signal.Now),
			strings.Trim(fmt.Sprint(c.Signal.Events), "[]"))
	case c.Update != nil:
		return fmt.Sprintf("%s%s (event %d)", c.Update.Name, arrow(c.Update.Now), c.Update.Event)
	case c.Type != nil:
		if c.Type.Function != "" {
			return c.Type.Name + " (" + c.Type.Function + ")"
		}
		return c.Type.Name
	case c.Failure != nil:
		return strings.TrimSpace(c.Failure.Subject + " " + c.Failure.Text)
	case c.Ahead != nil:
		return c.Ahead.String()
	case c.Unstable != nil:
		return strings.TrimSpace(c.Unstable.Path + " " + strings.Join(c.Unstable.Sources, " "))
	}
	return ""
}

// arrow leads to the new name, if there is one.
func arrow(now string) string {
	if now == "" {
		return ""
	}
	return " -> " + now
}

// String returns what is recorded, an arrow, and what the code does now.
func (p Parting) String() string {
	if d := p.Difference; d != nil && p.Elsewhere == nil {
		return fmt.Sprintf("%s: %s -> %s", d.Path, shown(d.Recorded), shown(d.Now))
	}
	text := ""
	if p.Recorded != nil {
		text = p.Recorded.String()
	}
	if p.Now != nil {
		text += " -> " + p.Now.String()
	}
	if p.Elsewhere != nil && p.Elsewhere.Event > 0 {
		text += fmt.Sprintf(", history has it at event %d", p.Elsewhere.Event)
	}
	if p.Instead != nil {
		text += ", goes on with " + p.Instead.String()
	}
	return strings.TrimSpace(text)
}

// shown is a value in one line, as much of it as tells it from others.
func shown(value string) string {
	if value == "" {
		return "none"
	}
	return compare.Shortened(value)
}

// String returns the version, and the range that leaves the version out.
func (v VersionRange) String() string {
	version := compare.VersionName(int(v.Version))
	if !v.Marked {
		version = "no marker"
	}
	return fmt.Sprintf("%s: %s, not in %s to %s", v.ChangeID, version, compare.VersionName(v.Min),
		compare.VersionName(v.Max))
}

// String returns the value, and the type that the value does not decode into.
func (v UnreadValue) String() string {
	what := strings.TrimSpace(string(v.Of) + " " + v.Name)
	if v.Of == OfEvent {
		what += "." + v.Field
	}
	if v.Item > 0 {
		what += fmt.Sprintf("[%d]", v.Item)
	}
	if v.Encoding != "" {
		return fmt.Sprintf("%s: encoding %s", what, v.Encoding)
	}
	return fmt.Sprintf("%s: %s -> %s", what, shown(v.Recorded), v.Type)
}

// String returns the kind and the change ID.
func (d Decision) String() string { return strings.TrimSpace(string(d.Kind) + " " + d.ChangeID) }
