package svg

import (
	"fmt"
	"math"

	"github.com/replaymatrix/replaymatrix/versioning/report/internal/palette"
)

const (
	// width is that of the canvas: a README shows 830 and more, and a phone half of it.
	width, margin = 760.0, 40.0
	inner         = width - 2*margin
)

var (
	ink, muted = palette.Named("ink"), palette.Named("muted")
	hair       = palette.Named("line")

	headline = letter{font: bold, size: 30, color: ink}
	about    = letter{size: 16, color: muted}
	strong   = letter{font: bold, size: 18, color: ink}
	body     = letter{size: 16, color: ink}
	aside    = letter{size: 15, color: muted}
	name     = letter{font: mono, size: 14, color: ink}
)

// draw writes the whole file.
func draw(p *picture) string {
	c := &canvas{y: margin}
	c.head(p)
	c.lines(p.Lines, p.Grid != nil)
	c.families(p.Families)
	c.more(p.More)
	c.found(p.Finding)
	c.grid(p.Grid)
	c.foot(p)
	height := math.Ceil(c.y + margin)
	page := palette.Named("page")
	c.fill(page)
	c.stroke(hair)
	frame := fmt.Sprintf(`<rect x=".5" y=".5" width="%s" height="%s" rx="14" class="f-%s s-%s" fill="%s" stroke="%s"/>`+"\n",
		number(width-1), number(height-1), page.Name, hair.Name, page.Light, hair.Light)
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%[1]s" height="%[2]s" viewBox="0 0 %[1]s %[2]s" `+
		`role="img" aria-labelledby="title desc" font-family="%[3]s">`+"\n", number(width), number(height), sans) +
		`<title id="title">` + escaped(clip(p.Title, longestWords)) + "</title>\n" +
		`<desc id="desc">` + escaped(p.words()) + "</desc>\n" +
		c.style() + frame + c.drawn() + "</svg>\n"
}

// head is the answer, beside its sign.
func (c *canvas) head(p *picture) {
	const sign, gap = 52.0, 20.0
	pair := palette.OfAnswer(p.Answer)
	c.rect(margin, c.y, sign, sign, sign/2, pair.Back)
	c.glyph(p.Answer, margin+sign/4, c.y+sign/4, sign/2, pair.Text)
	x, room := margin+sign+gap, inner-sign-gap
	top := c.y
	title := wrapped(p.Title, bold, headline.size, room, 4)
	if len(title) == 1 {
		c.y += (sign - headline.size*lineHeight) / 2
	} else {
		c.y -= headline.size * (lineHeight - 1) / 2
	}
	c.paragraph(x, headline, title)
	c.y += 4
	c.paragraph(x, about, wrapped(p.About, plain, about.size, room, 3))
	c.y = max(c.y, top+sign) + 18
}

// lines are the deploy and the rollbacks, with what they do. Asides are left out if they are brief: a grid shows them.
func (c *canvas) lines(lines []line, brief bool) {
	column := 0.0
	for _, l := range lines {
		column = max(column, pillWidth(l.Word))
	}
	x, room := margin+column+20, inner-column-20
	for _, l := range lines {
		c.rule(margin, c.y, inner, hair)
		c.y += 12
		top := c.y
		c.pill(l.Answer, l.Word, margin, top)
		c.paragraph(x, strong, wrapped(l.Title, bold, strong.size, room, 2))
		c.y += 2
		c.paragraph(x, body, wrapped(l.Now, plain, body.size, room, 2))
		for _, s := range l.Says {
			look := body
			if s.Aside {
				look = aside
			}
			if !s.Aside || !brief {
				c.paragraph(x, look, wrapped(s.Text, plain, look.size, room, 3))
				c.paragraph(x, aside, wrapped(s.Counts, plain, aside.size, room, 3))
			}
		}
		c.y = max(c.y, top+pillHeight) + 12
	}
	if len(lines) > 0 {
		c.rule(margin, c.y, inner, hair)
		c.y += 14
	}
}

// more is how much is left out.
func (c *canvas) more(text string) {
	if text != "" {
		c.paragraph(margin, aside, wrapped(text, plain, aside.size, inner, 1))
		c.y += 14
	}
}

// foot is the command that shows more, and what was not looked at.
func (c *canvas) foot(p *picture) {
	if p.Command != "" {
		c.paragraph(margin, letter{font: mono, size: 13, color: muted}, wrapped(p.Command, mono, 13, inner, 2))
		c.paragraph(margin, aside, wrapped(p.Promise, plain, aside.size, inner, 1))
	}
	c.paragraph(margin, aside, wrapped(p.Note, plain, aside.size, inner, 2))
}
