package svg

import (
	"encoding/xml"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/replaymatrix/replaymatrix/versioning/report/internal/palette"
)

const (
	// sans and code are what systems have, as nothing can be loaded from a picture.
	sans = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
	code = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace"
)

// A canvas takes elements from top to bottom. Each has the light colour as an attribute, so that it stays where a
// viewer ignores styles, and a class by which the style gives it the dark one.
type canvas struct {
	// y is where the next element may stand.
	y float64
	// layers are drawn above each other. Elements of one have in common what it says of them.
	layers [signs + 1]strings.Builder
	// fills and strokes are the colours that occur.
	fills, strokes []palette.Color
}

// The layers beside those of the fonts.
const (
	shapes = iota + int(mono) + 1
	signs
)

// drawn is all that was drawn.
func (c *canvas) drawn() string {
	text := c.layers[shapes].String()
	for _, of := range []struct {
		layer      int
		attributes string
	}{
		{int(plain), ""}, {int(bold), ` font-weight="700"`}, {int(mono), ` font-family="` + code + `"`},
		{signs, ` fill="none" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"`},
	} {
		if elements := c.layers[of.layer].String(); elements != "" {
			text += "<g" + of.attributes + ">\n" + elements + "</g>\n"
		}
	}
	return text
}

// add adds what another canvas has, above what is there.
func (c *canvas) add(other *canvas) {
	for i := range other.layers {
		c.layers[i].WriteString(other.layers[i].String())
	}
	for _, color := range other.fills {
		c.fill(color)
	}
	for _, color := range other.strokes {
		c.stroke(color)
	}
}

// number writes a coordinate in tenths.
func number(n float64) string { return strconv.FormatFloat(math.Round(n*10)/10, 'f', -1, 64) }

// fill is the colour of an element as its attributes.
func (c *canvas) fill(color palette.Color) string {
	if !slices.Contains(c.fills, color) {
		c.fills = append(c.fills, color)
	}
	return fmt.Sprintf(`class="f-%s" fill="%s"`, color.Name, color.Light)
}

// stroke is the colour of a line as its attributes.
func (c *canvas) stroke(color palette.Color) string {
	if !slices.Contains(c.strokes, color) {
		c.strokes = append(c.strokes, color)
	}
	return fmt.Sprintf(`class="s-%s" stroke="%s"`, color.Name, color.Light)
}

// style gives the dark colours to the classes of what was drawn.
func (c *canvas) style() string {
	var b strings.Builder
	rules := func(prefix, property string, colors []palette.Color) {
		slices.SortFunc(colors, func(a, b palette.Color) int { return strings.Compare(a.Name, b.Name) })
		for _, color := range colors {
			fmt.Fprintf(&b, " .%s-%s{%s:%s}", prefix, color.Name, property, color.Dark)
		}
	}
	rules("f", "fill", c.fills)
	rules("s", "stroke", c.strokes)
	return "<style>@media (prefers-color-scheme: dark) {" + b.String() + " }</style>\n"
}

// rect draws a box with round corners.
func (c *canvas) rect(x, y, width, height, radius float64, color palette.Color) {
	fmt.Fprintf(&c.layers[shapes], `<rect x="%s" y="%s" width="%s" height="%s" rx="%s" %s/>`+"\n", number(x), number(y), number(width),
		number(height), number(radius), c.fill(color))
}

// outline draws an empty box of dashes.
func (c *canvas) outline(x, y, width, height, radius float64, color palette.Color) {
	fmt.Fprintf(&c.layers[shapes], `<rect x="%s" y="%s" width="%s" height="%s" rx="%s" fill="none" stroke-dasharray="4 3" %s/>`+"\n",
		number(x), number(y), number(width), number(height), number(radius), c.stroke(color))
}

// rule draws a thin line across, on whole pixels.
func (c *canvas) rule(x, y, width float64, color palette.Color) {
	fmt.Fprintf(&c.layers[shapes], `<path d="M%s %sh%s" %s/>`+"\n", number(x), number(math.Floor(y)+.5), number(width), c.stroke(color))
}

// A letter is how a text looks.
type letter struct {
	font  font
	size  float64
	color palette.Color
	// anchor is "middle" or "end", and "" for texts that begin at their place.
	anchor string
}

// text writes a line of text.
func (c *canvas) text(x, y float64, l letter, text string) {
	anchor := ""
	if l.anchor != "" {
		anchor = ` text-anchor="` + l.anchor + `"`
	}
	fmt.Fprintf(&c.layers[l.font], `<text x="%s" y="%s" font-size="%s"%s %s>%s</text>`+"\n", number(x), number(y),
		number(l.size), anchor, c.fill(l.color), escaped(text))
}

// lineHeight is the distance of lines in sizes of their font.
const lineHeight = 1.4

// paragraph writes lines below each other, and moves below them.
func (c *canvas) paragraph(x float64, l letter, lines []string) {
	for _, text := range lines {
		c.y += l.size * lineHeight
		c.text(x, c.y-l.size*(lineHeight-1), l, text)
	}
}

func escaped(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // a Builder takes all
	return b.String()
}
