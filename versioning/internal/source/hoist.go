package source

import (
	"go/ast"
	"slices"
)

// A hoist is a variable that both branches set and the code below uses.
type hoist struct{ name, typed string }

// hoists are the variables of the difference that are used after it. It reports false if the type of
// one is not known.
func (f *function) hoists(w *function, d difference) (hoists []hoist, ok bool) {
	add := func(of *function, s span, block statements) bool {
		for _, v := range declaredBy(s.of(block.list)) {
			if !d.block.after(d.now.to, v.name) || f.visible(d, v.name) {
				continue
			}
			typed := of.typeOfDeclaration(v)
			if i := slices.IndexFunc(hoists, func(h hoist) bool { return h.name == v.name }); i >= 0 {
				if typed != "" && hoists[i].typed != typed {
					return false
				}
				continue
			}
			if typed == "" {
				return false
			}
			hoists = append(hoists, hoist{v.name, typed})
		}
		return true
	}
	ok = add(f, d.now, d.block) && add(w, d.was, d.before)
	if !ok {
		return nil, false
	}
	// A statement that sets one of them and declares another one beside cannot do both.
	for _, side := range []struct {
		of    *function
		s     span
		block statements
	}{{f, d.now, d.block}, {w, d.was, d.before}} {
		for _, v := range declaredBy(side.s.of(side.block.list)) {
			if f.assigns(v, hoists, d) {
				for _, other := range declaredBy([]ast.Stmt{v.in}) {
					if !f.assigns(other, hoists, d) {
						typed := side.of.typeOfDeclaration(other)
						if typed == "" {
							return nil, false
						}
						hoists = append(hoists, hoist{other.name, typed})
					}
				}
			}
		}
	}
	return hoists, true
}

// visible reports whether the name is declared in the block of the difference before it, so that := sets
// it there and declares no other one.
func (f *function) visible(d difference, name string) bool {
	if d.block.declaredBefore(d.now.from, name) {
		return true
	}
	return d.block.end == f.body().Rbrace && slices.Contains(f.parameters(), name)
}

func (f *function) assigns(v declaration, hoists []hoist, d difference) bool {
	return slices.ContainsFunc(hoists, func(h hoist) bool { return h.name == v.name }) ||
		f.visible(d, v.name) && d.block.after(d.now.to, v.name)
}
