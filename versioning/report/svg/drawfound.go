package svg

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/palette"
)

// found is the worst finding, in a box with an edge of its colour.
func (c *canvas) found(f *found) {
	if f == nil {
		return
	}
	c.y += 10
	const padding, edge = 20.0, 6.0
	x, room := margin+padding+edge, inner-2*padding-edge
	pair := palette.OfAnswer(f.Answer)
	top := c.y
	var box canvas
	box.y = top + padding
	box.pill(f.Answer, f.Label, x, box.y)
	box.y += pillHeight + 6
	box.paragraph(x, strong, wrapped(f.What, bold, strong.size, room, 3))
	if f.Place != "" {
		box.y += 6
		box.paragraph(x, name, wrapped(f.Place, mono, name.size, room, 2))
	}
	box.y += 6
	box.paragraph(x, body, wrapped(f.Detail, plain, body.size, room, 5))
	if f.More != "" {
		box.y += 4
		box.paragraph(x, aside, wrapped(f.More, plain, aside.size, room, 1))
	}
	height := box.y + padding - top
	c.rect(margin, top, inner, height, 8, palette.Named("raised"))
	c.rect(margin, top, edge, height, 3, pair.Back)
	c.add(&box)
	c.y = top + height + 20
}

// pill is a word with its sign on the colour of the answer.
const pillHeight, pillSize = 26.0, 13.0

func pillWidth(word string) float64 { return widthOf(word, bold, pillSize) + 44 }

func (c *canvas) pill(a finding.Answer, word string, x, y float64) {
	pair := palette.OfAnswer(a)
	c.rect(x, y, pillWidth(word), pillHeight, pillHeight/2, pair.Back)
	c.glyph(a, x+11, y+(pillHeight-13)/2, 13, pair.Text)
	c.text(x+30, y+pillHeight/2+pillSize*.36, letter{font: bold, size: pillSize, color: pair.Text}, word)
}
