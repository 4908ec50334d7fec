package cli

// commands are those of this room, with the shell that they run in.
type commands struct {
	*Shell
	cacheKey string
}
