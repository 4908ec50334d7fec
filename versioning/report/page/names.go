package page

import (
	"strings"
	"unicode/utf8"
)

// An htmlName is a name in pieces. What is cut is in the page and takes no room, so that whoever marks
// and copies the name gets all of it, and who hears it hears all of it.
type htmlName []htmlPiece

type htmlPiece struct {
	Text string
	Cut  bool
}

func (n htmlName) full() string {
	var b strings.Builder
	for _, piece := range n {
		b.WriteString(piece.Text)
	}
	return b.String()
}

// shown is what a person sees of the name.
func (n htmlName) shown() string {
	var b strings.Builder
	for _, piece := range n {
		if piece.Cut {
			b.WriteString("…")
		} else {
			b.WriteString(piece.Text)
		}
	}
	return b.String()
}

const (
	// longestName is the number of characters of a name that is shown whole.
	longestName = 32
	// leastCut is the number of characters below which a cut gains nothing.
	leastCut = 6
	// keptOfSame is the number of characters that stay of what all names share.
	keptOfSame = 4
)

// shortNames cuts out of long names what all of them share, and then the middle of those that are too
// long yet. Names that would look alike stay whole.
func shortNames(names []string) map[string]htmlName {
	before, after := shared(names)
	short := map[string]htmlName{}
	looks := map[string]int{}
	for _, name := range names {
		if _, ok := short[name]; ok {
			continue
		}
		short[name] = shorten([]rune(name), before, after)
		looks[short[name].shown()]++
	}
	for name, pieces := range short {
		if looks[pieces.shown()] > 1 {
			short[name] = htmlName{{Text: name}}
		}
	}
	return short
}

func shorten(name []rune, before, after int) (pieces htmlName) {
	if len(name) <= longestName {
		return htmlName{{Text: string(name)}}
	}
	add := func(text []rune, cut bool) {
		if n := len(pieces); n > 0 && pieces[n-1].Cut == cut {
			pieces[n-1].Text += string(text)
		} else if len(text) > 0 {
			pieces = append(pieces, htmlPiece{string(text), cut})
		}
	}
	from, to := 0, len(name)
	if before >= keptOfSame+leastCut {
		add(name[:keptOfSame], false)
		add(name[keptOfSame:before], true)
		from = before
	}
	if after >= keptOfSame+leastCut && len(name)-after >= from {
		to = len(name) - after
	}
	middle := name[from:to]
	if cut := len(middle) - longestName; cut >= leastCut {
		add(middle[:longestName/2], false)
		add(middle[longestName/2:len(middle)-longestName/2], true)
		add(middle[len(middle)-longestName/2:], false)
	} else {
		add(middle, false)
	}
	if to < len(name) {
		add(name[to:len(name)-keptOfSame], true)
		add(name[len(name)-keptOfSame:], false)
	}
	return pieces
}

// shared is how many characters all names have in common, at their beginnings and at their ends: whole
// words, as half of one says nothing.
func shared(names []string) (before, after int) {
	if len(names) < 2 {
		return 0, 0
	}
	first, last := names[0], names[0]
	for _, name := range names[1:] {
		n := 0
		for n < min(len(first), len(name)) && first[n] == name[n] {
			n++
		}
		first = first[:n]
		n = 0
		for n < min(len(last), len(name)) && last[len(last)-1-n] == name[len(name)-1-n] {
			n++
		}
		last = last[len(last)-n:]
	}
	const betweenWords = "-_.+/:@ "
	first = first[:strings.LastIndexAny(first, betweenWords)+1]
	if i := strings.IndexAny(last, betweenWords); i >= 0 {
		last = last[i:]
	} else {
		last = ""
	}
	if !utf8.ValidString(first + last) {
		return 0, 0
	}
	return utf8.RuneCountInString(first), utf8.RuneCountInString(last)
}
