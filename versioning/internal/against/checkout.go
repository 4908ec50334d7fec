package against

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// checkOut fills the temporary tree and gives both sides their environment.
func (r *run) checkOut(ctx context.Context, temporary string) error {
	tree := filepath.Join(temporary, "tree")
	submodules, links, err := r.repo.checkOut(ctx, r.commit, filepath.Join(temporary, "git"), tree)
	if err != nil {
		return fmt.Errorf("checking out %s into a temporary folder: %w", r.label, err)
	}
	if len(submodules) > 0 {
		r.note(fmt.Sprintf("the submodules of %s are left empty in its temporary tree: %s", r.label,
			strings.Join(submodules, ", ")))
	}
	if len(links) > 0 {
		r.note(fmt.Sprintf("links of %s that lead out of it are left out of its temporary tree: %s", r.label, strings.Join(links, ", ")))
	}
	// The go command asks git for the state of the work tree, which is when git
	// likes to write its index.
	r.here.env = append(environment(), "GIT_OPTIONAL_LOCKS=0", "GOTMPDIR="+temporary)
	r.there.env = slices.Clone(r.here.env)
	if _, err := os.Stat(r.there.dir); err != nil {
		return nil // find says it better
	}
	m := &mover{run: r, tree: tree}
	workspace, err := m.workspace(ctx, temporary)
	if err != nil {
		return err
	}
	if workspace == "" {
		if workspace = above(r.there.dir, tree, "go.work"); workspace != "" && os.Getenv("GOWORK") == "" {
			if err := m.work(ctx, workspace, filepath.Dir(workspace), filepath.Dir(workspace)); err != nil {
				return err
			}
		}
	} else if workspace != "off" {
		r.there.env = append(r.there.env, "GOWORK="+workspace)
	}
	mod := above(r.there.dir, tree, "go.mod")
	if mod == "" {
		return nil
	}
	if !m.inWorkspace {
		m.vendor(filepath.Dir(mod))
	}
	if err := m.lacksVendor(); err != nil {
		return err
	}
	return m.module(ctx, mod)
}

// mover mends the go.mod and go.work files in the temporary tree: a relative path
// that leads out of the repository leads nowhere from there.
type mover struct {
	*run
	tree string
	// mod is what GOFLAGS says for -mod.
	mod string
	// vendored is whether modules come from a vendor folder, inWorkspace whether there is a go.work file.
	vendored, inWorkspace bool
}

// goFile is what go mod edit and go work edit print as JSON.
type goFile struct {
	Use     []struct{ DiskPath string }
	Replace []struct {
		Old, New struct{ Path, Version string }
	}
}

// workspace is for a go.work file that the user names, or that lies above the
// repository: it returns the one to name in the temporary tree, empty if there is
// nothing to name.
func (m *mover) workspace(ctx context.Context, temporary string) (string, error) {
	out, said, err := output(ctx, m.here, "go", "env", "GOWORK", "GOFLAGS")
	if err != nil {
		if ctx.Err() != nil {
			return "", context.Cause(ctx)
		}
		return "", fmt.Errorf("asking the go command for its workspace: %w\n%s", err, tail(said))
	}
	workspace, flags, _ := strings.Cut(string(out), "\n")
	workspace, m.mod = strings.TrimSpace(workspace), modFlag(flags)
	if workspace == "" || workspace == "off" {
		return workspace, nil
	}
	resolved, err := filepath.EvalSymlinks(workspace)
	if err != nil {
		return "", fmt.Errorf("the go.work file: %w", err)
	}
	if inside(m.repo.top, resolved) {
		if os.Getenv("GOWORK") == "" {
			return "", nil // the go command finds the one of the revision, if it has one
		}
		relative, _ := filepath.Rel(m.repo.top, resolved)
		named := filepath.Join(m.tree, relative)
		if _, err := os.Stat(named); err != nil {
			return "", fmt.Errorf("GOWORK names %s, which %s does not have", resolved, m.label)
		}
		return named, m.work(ctx, named, filepath.Dir(named), filepath.Dir(named))
	}
	data, err := os.ReadFile(resolved)
	if err != nil {
		return "", err
	}
	copied := filepath.Join(temporary, "go.work")
	if err := os.WriteFile(copied, data, 0o644); err != nil {
		return "", err
	}
	if sums, err := os.ReadFile(resolved + ".sum"); err == nil {
		if err := os.WriteFile(copied+".sum", sums, 0o644); err != nil {
			return "", err
		}
	}
	return copied, m.work(ctx, copied, filepath.Dir(resolved), "")
}

// work mends the paths of a go.work file that are relative to the folder from, and
// the modules that it uses of the tree. A path within the tree stays as it is if
// the file is in its place, which is the folder to.
func (m *mover) work(ctx context.Context, file, from, to string) error {
	m.inWorkspace = true
	m.vendor(filepath.Dir(file))
	parsed, err := m.parse(ctx, "work", file)
	if err != nil {
		return err
	}
	var edits []string
	for _, use := range parsed.Use {
		path, moved := m.move(use.DiskPath, from)
		mod := filepath.Join(path, "go.mod")
		_, err := os.Stat(mod)
		ours := inside(m.tree, path)
		if moved || to == "" {
			edits = append(edits, "-dropuse="+use.DiskPath)
			if !ours || err == nil { // the workspace can know modules that the revision has not
				edits = append(edits, "-use="+path)
			}
		}
		if ours && err == nil {
			if err := m.module(ctx, mod); err != nil {
				return err
			}
		}
	}
	if !m.vendored {
		edits = append(edits, m.replaces(parsed, from, to == "")...)
	}
	return m.edit(ctx, "work", file, edits)
}

// module mends a go.mod file in the tree. With a vendor folder the go command takes
// nothing from elsewhere, and compares both.
func (m *mover) module(ctx context.Context, file string) error {
	if m.vendored {
		return nil
	}
	parsed, err := m.parse(ctx, "mod", file)
	if err != nil {
		return err
	}
	return m.edit(ctx, "mod", file, m.replaces(parsed, filepath.Dir(file), false))
}

func (m *mover) replaces(parsed *goFile, from string, all bool) (edits []string) {
	for _, replace := range parsed.Replace {
		if replace.New.Version != "" || !strings.HasPrefix(replace.New.Path, ".") && !filepath.IsAbs(replace.New.Path) {
			continue // another module, not a folder
		}
		path, moved := m.move(replace.New.Path, from)
		if !moved && !all {
			continue
		}
		old := replace.Old.Path
		if replace.Old.Version != "" {
			old += "@" + replace.Old.Version
		}
		edits = append(edits, "-replace="+old+"="+path)
	}
	return edits
}

// move returns where a path leads that a file in the folder from holds, and whether it
// must be changed for that. What is in the repository is meant to be the
// revision's; an absolute path into it too.
func (m *mover) move(path, from string) (moved string, changed bool) {
	absolute := filepath.IsAbs(path)
	if !absolute {
		path = filepath.Join(from, path)
	}
	if inside(m.tree, path) {
		return path, false
	}
	if inside(m.tree, from) && !absolute {
		// from the temporary tree to where it would lead from the repository
		relative, _ := filepath.Rel(m.tree, path)
		return filepath.Join(m.repo.top, relative), true
	}
	if inside(m.repo.top, path) {
		relative, _ := filepath.Rel(m.repo.top, path)
		return filepath.Join(m.tree, relative), true
	}
	return path, !absolute
}

func (m *mover) parse(ctx context.Context, kind, file string) (*goFile, error) {
	out, said, err := output(ctx, m.at(file), "go", kind, "edit", "-json", file)
	if err != nil {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		return nil, fmt.Errorf("reading %s of %s: %w\n%s", filepath.Base(file), m.label, err, tail(said))
	}
	parsed := &goFile{}
	return parsed, json.NewDecoder(bytes.NewReader(out)).Decode(parsed)
}

func (m *mover) edit(ctx context.Context, kind, file string, edits []string) error {
	if len(edits) == 0 {
		return nil
	}
	if _, said, err := output(ctx, m.at(file), "go",
		append(append([]string{kind, "edit"}, edits...), file)...); err != nil {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return fmt.Errorf("changing the copy of %s of %s: %w\n%s", filepath.Base(file), m.label, err, tail(said))
	}
	return nil
}

// at is the side with the file's folder, whose go.work does not matter to the edit.
func (m *mover) at(file string) *side {
	return &side{dir: filepath.Dir(file), env: append(environment(), "GOWORK=off")}
}

// above returns the file of that name in the folder or one above it, up to the top;
// empty if there is none.
func above(folder, top, name string) string {
	for inside(top, folder) {
		file := filepath.Join(folder, name)
		if _, err := os.Stat(file); err == nil {
			return file
		}
		folder = filepath.Dir(folder)
	}
	return ""
}
