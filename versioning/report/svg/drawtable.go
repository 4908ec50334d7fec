package svg

import (
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/report/internal/palette"
)

// families is a table with a line for each family.
func (c *canvas) families(families []family) {
	if len(families) == 0 {
		return
	}
	const size, gap, height, sign = 14.0, 20.0, 30.0, 22.0
	heads := [3]string{"workflow", "deploy", "roll back"}
	deploy, rollback := widthOf(heads[1], plain, size), widthOf(heads[2], plain, size)
	for _, f := range families {
		deploy = max(deploy, sign+widthOf(f.DeployText, plain, size))
		rollback = max(rollback, sign+widthOf(f.RollbackText, plain, size))
	}
	name := inner - deploy - rollback - 2*gap
	x := [3]float64{margin, margin + name + gap, width - margin - rollback}
	for i, head := range heads {
		c.text(x[i], c.y+14, letter{size: size, color: muted}, head)
	}
	c.y += 24
	for _, f := range families {
		c.rule(margin, c.y, inner, hair)
		base := c.y + height/2 + size*.36
		c.text(x[0], base, letter{font: mono, size: size - 1, color: ink}, shortened(f.Name, mono, size-1, name))
		c.answered(f.Deploy, f.DeployText, x[1], base, size)
		c.answered(f.Rollback, f.RollbackText, x[2], base, size)
		c.y += height
	}
	c.rule(margin, c.y, inner, hair)
	c.y += 22
}

// answered is what is done to how many, behind its sign.
func (c *canvas) answered(a finding.Answer, text string, x, base, size float64) {
	if a == finding.NotAsked {
		c.text(x, base, letter{size: size, color: muted}, text)
		return
	}
	pair := palette.OfAnswer(a)
	const badge = 16.0
	c.rect(x, base-badge*.8, badge, badge, badge/2, pair.Back)
	c.glyph(a, x+3.5, base-badge*.8+3.5, badge-7, pair.Text)
	c.text(x+badge+6, base, letter{size: size, color: ink}, text)
}
