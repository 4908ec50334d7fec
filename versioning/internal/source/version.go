package source

import (
	"fmt"
	"go/ast"
	"strconv"
)

// A Version is the GetVersion call that tells executions apart. Executions that go on with the code that
// was there have the version Recorded, -1 where they have no marker. Min and Max are the range to ask for.
type Version struct {
	ChangeID           string
	Recorded, Min, Max int
	// Below is the first version that the code that is there takes, where it asks for ChangeID already.
	// It is 0 where it does not.
	Below int
}

// New is a version that no execution has yet.
func New(changeID string) Version { return Version{ChangeID: changeID, Recorded: -1, Min: -1, Max: 1} }

// asking is the call, and the condition on its result that is true for executions that began before.
func (f *function) asking(by Version, d difference, ctx string) (call, isOld string) {
	pkg := f.workflowPackage()
	name := func(version int) string {
		if version == -1 {
			return pkg + ".DefaultVersion"
		}
		return strconv.Itoa(version)
	}
	id := strconv.Quote(by.ChangeID)
	if by.Below > 0 {
		id = f.askedAs(by.ChangeID, d)
	}
	call = fmt.Sprintf("%s.GetVersion(%s, %s, %s, %s)", pkg, ctx, id, name(by.Min), name(by.Max))
	if by.Below > by.Recorded+1 && !(by.Recorded == -1 && by.Below == 1) {
		return call, "< " + name(by.Below)
	}
	return call, "== " + name(by.Recorded)
}

// askedAs is what the code calls the change ID: that of the only call of the difference, or the ID itself.
func (f *function) askedAs(changeID string, d difference) string {
	quoted, text := strconv.Quote(changeID), ""
	for _, s := range d.now.of(d.block.list) {
		ast.Inspect(s, func(n ast.Node) bool {
			if c, ok := n.(*ast.CallExpr); ok && f.asks(c) && len(c.Args) == 4 {
				if _, literal := c.Args[1].(*ast.BasicLit); !literal {
					text = f.plain(c.Args[1])
				}
			}
			return true
		})
	}
	if text == "" {
		return quoted
	}
	return text
}
