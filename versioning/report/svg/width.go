package svg

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A font is one of the kinds of letters that a picture has.
type font int

const (
	plain font = iota
	bold
	mono
)

// widths are those of characters in hundredths of the size of the font, for plain and for bold letters. They are those
// of DejaVu Sans, which is wider than what other systems put in its place.
var widths = [2][128]int{
	table(map[int]string{
		30: "'ijlIJ ", 35: ",./:;\\|", 40: "f-()[]t", 46: "!r\"", 50: "*_`", 56: "?szLc", 60: "Fkvxy",
		64: "PTYaeo$0123456789ESbdghnpqu{}", 70: "KABCRVXZ", 78: "UHN&DG", 84: "OQw#+<=>^~", 100: "M%m@W",
	}),
	table(map[int]string{
		36: "' ijl", 40: ",./IJ\\|:;", 46: "-f!()[]", 50: "tr_`", 60: "\"*?csz", 68: "Lvxyaek",
		74: "$0123456789EFTobdghnpqu{}CPSYZ", 78: "ABKRVX", 86: "U#+<=>DGHN^~OQ", 94: "&w", 112: "@M%mW",
	}),
}

func table(of map[int]string) (t [128]int) {
	for i := range t {
		t[i] = 112
	}
	for width, characters := range of {
		for _, c := range characters {
			t[c] = width
		}
	}
	return t
}

const (
	// monoWidth is that of each ASCII character between code.
	monoWidth = 62
	// widest is that of most characters that the tables do not have, and ligature that of a sentence in one.
	widest, ligature = 160, 1200
	// narrowest is less than that of any character.
	narrowest = 30
)

// widthOf is at least the width of the text, in whichever font a reader sees it.
func widthOf(text string, f font, size float64) float64 {
	sum := 0
	for _, r := range text {
		sum += runeWidth(r, f)
	}
	return float64(sum) / 100 * size
}

func runeWidth(r rune, f font) int {
	switch {
	case r < 128 && f == mono:
		return monoWidth
	case r < 128:
		return widths[f][r]
	case r >= 0xfdf0 && r <= 0xfdff:
		return ligature
	case strings.ContainsRune("…–—·≠×→\u00a0", r):
		return 105
	case unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) && r < 0x250:
		return 115
	default:
		return widest
	}
}

// wrapped breaks the text into lines of at most that width, and at most so many: the last one then ends in an
// ellipsis.
func wrapped(text string, f font, size, width float64, most int) (lines []string) {
	// A line has no more characters than fit of the narrowest ones: a name of a megabyte is not measured for each of its ends.
	if longest := (most + 1) * int(width/size*100/narrowest); len(text) > utf8.UTFMax*longest {
		text = string([]rune(text[:utf8.UTFMax*longest])[:longest])
	}
	line := ""
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ' ' }) {
		for {
			joined := strings.TrimPrefix(line+" "+word, " ")
			if widthOf(joined, f, size) <= width {
				line = joined
				break
			}
			if line == "" {
				line, word = split(word, f, size, width)
			}
			lines, line = append(lines, line), ""
		}
		if len(lines) > most {
			break
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	if len(lines) > most {
		lines = lines[:most]
		last := []rune(lines[most-1])
		for len(last) > 0 && widthOf(string(last)+"…", f, size) > width {
			last = last[:len(last)-1]
		}
		lines[most-1] = strings.TrimRight(string(last), " ") + "…"
	}
	return lines
}

// split breaks a word that is too long for a line, after a sign or before a capital letter if there is one that leaves
// a third of the line.
func split(word string, f font, size, width float64) (first, rest string) {
	runes := []rune(word)
	end := 1
	for end < len(runes) && widthOf(string(runes[:end+1]), f, size) <= width {
		end++
	}
	for i := min(end, len(runes)-1); i > end/3; i-- {
		before, after := runes[i-1], runes[i]
		if unicode.IsUpper(after) && unicode.IsLower(before) || unicode.IsPunct(before) && !unicode.IsPunct(after) {
			end = i
			break
		}
	}
	return string(runes[:end]), string(runes[end:])
}

// shortened cuts the middle out of a name that is too long.
func shortened(name string, f font, size, width float64) string {
	runes := []rune(name)
	for n := len(runes); ; n-- {
		text := name
		if n < len(runes) {
			text = string(runes[:(n+1)/2]) + "…" + string(runes[len(runes)-n/2:])
		}
		if n == 0 || widthOf(text, f, size) <= width {
			return text
		}
	}
}
