package replaytest

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// fault says what is wrong with the Params, "" if nothing is.
func (p *Params) fault() string {
	if err := p.Config.Validate(); err != nil {
		return err.Error()
	}
	return p.notesFault()
}

// wanted is what Want says of a cell, and under which key.
type wanted struct {
	key     string
	verdict replay.Verdict
}

// wanted returns what the keys of Want say of the cells of these names.
func (p Params) wanted(names []string) (map[string]wanted, error) {
	of := map[string]wanted{}
	for _, key := range slices.Sorted(maps.Keys(p.Want)) {
		if _, err := replay.ParseVerdict(string(p.Want[key])); err != nil {
			return nil, fmt.Errorf("the verdict wanted of %s: %w", strconv.Quote(key), err)
		}
	}
	for _, name := range names {
		if verdict, ok := p.Want[name]; ok {
			of[name] = wanted{name, verdict}
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(p.Want)) {
			if !matches(key, name) {
				continue
			}
			other, twice := of[name]
			if twice && other.verdict != p.Want[key] {
				return nil, fmt.Errorf("the verdicts wanted of %s are both %s (%s) and %s (%s): give the cell a key of its own in Params.Want",
					name, other.verdict, strconv.Quote(other.key), p.Want[key], strconv.Quote(key))
			}
			of[name] = wanted{key, p.Want[key]}
		}
	}
	return of, nil
}

// matches reports whether the name is the pattern's, in which a star stands for any
// text. Names hold what file names do: no other character has a meaning.
func matches(pattern, name string) bool {
	parts := strings.Split(pattern, "*")
	rest, found := strings.CutPrefix(name, parts[0])
	if !found || len(parts) == 1 {
		return found && rest == ""
	}
	for _, part := range parts[1 : len(parts)-1] {
		if _, rest, found = strings.Cut(rest, part); !found {
			return false
		}
	}
	return strings.HasSuffix(rest, parts[len(parts)-1])
}

// unused returns the keys of Want that no cell has, quoted.
func (r *run) unused() (keys []string) {
	names := r.names()
	for _, key := range slices.Sorted(maps.Keys(r.Want)) {
		if !slices.ContainsFunc(names, func(name string) bool { return matches(key, name) }) {
			keys = append(keys, strconv.Quote(key))
		}
	}
	return keys
}

// isWanted reports whether the cell's verdict is that of Want, if it has one.
func (r *run) isWanted(c matrix.Cell) bool {
	want, ok := r.wanted[c.Name()]
	return !ok || want.verdict == c.Verdict
}

// unwanted says what is wrong with the verdict of a cell, and what to do.
func (r *run) unwanted(c matrix.Cell) string {
	want := r.wanted[c.Name()]
	do := "if that is meant, correct Want"
	if want.verdict.Incompatible() && !c.Verdict.Incompatible() && c.Verdict != replay.Unjudged {
		do = "what has to break does not break any more: look whether the recording still gets to the change; if " +
			"it is repaired, correct Want"
	}
	return fmt.Sprintf(" got %s\nwant %s, as Want says of %s\n%s", text.Line(c), want.verdict, strconv.Quote(want.key),
		do)
}
