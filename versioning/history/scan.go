package history

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// maxDepth bounds the nesting of JSON, and of messages in protobuf. The deepest part of a real history is a failure with its
// causes, of which a service keeps a few kilobytes. The time that the SDK takes for causes grows faster than their number:
// a failure with 900 of them took ten seconds.
const maxDepth = 250

// scanner walks JSON without decoding it. It finds where values begin and end by strings and
// brackets alone; what is between is for the decoder to judge, which sees the same bytes next.
type scanner struct {
	in  []byte
	pos int
	// readable is set by a value of "encoding" that has a slash, or by a key "encodingDecoded". It
	// hints at the one kind of payload for reading that strict decoding accepts: "json/plain"
	// happens to be base64, of bytes that mean nothing. A user's data cannot set it, as that is
	// base64 or has its quotes escaped.
	readable bool
}

// scanError is where and why a scanner gave up.
type scanError struct {
	kind Kind
	at   int
	what string
}

func (e *scanError) Error() string { return e.what }

func (s *scanner) stops() error {
	return &scanError{kind: KindTruncated, at: len(s.in), what: fmt.Sprintf("the file stops at byte %d", len(s.in))}
}

func (s *scanner) broken(want string) error {
	if s.pos >= len(s.in) {
		return s.stops()
	}
	return &scanError{kind: KindMalformed, at: s.pos,
		what: fmt.Sprintf("the JSON is broken at byte %d: expected %s, got %s", s.pos, want,
			quote(s.in[s.pos:min(len(s.in), s.pos+64)]))}
}

// peek skips white space and gives the byte that follows, 0 at the end.
func (s *scanner) peek() byte {
	for ; s.pos < len(s.in); s.pos++ {
		switch s.in[s.pos] {
		case ' ', '\t', '\n', '\r':
		default:
			return s.in[s.pos]
		}
	}
	return 0
}

func (s *scanner) eat(c byte, want string) error {
	if s.peek() != c || s.pos >= len(s.in) {
		return s.broken(want)
	}
	s.pos++
	return nil
}

// object calls member for each key of the object that comes next, with the scanner at the value,
// which member must read or skip.
func (s *scanner) object(member func(key string) error) error {
	if err := s.eat('{', "an object"); err != nil {
		return err
	}
	if s.peek() == '}' {
		s.pos++
		return nil
	}
	for {
		if s.peek() != '"' {
			return s.broken("a name in quotes")
		}
		key, err := s.str()
		if err != nil {
			return err
		}
		if err := s.eat(':', `":"`); err != nil {
			return err
		}
		s.peek()
		if err := member(key); err != nil {
			return err
		}
		if s.peek() == '}' {
			s.pos++
			return nil
		}
		if err := s.eat(',', `"," or "}"`); err != nil {
			return err
		}
	}
}

// array calls element for each value of the array that comes next.
func (s *scanner) array(element func(i int) error) error {
	if err := s.eat('[', "an array"); err != nil {
		return err
	}
	if s.peek() == ']' {
		s.pos++
		return nil
	}
	for i := 0; ; i++ {
		s.peek()
		if err := element(i); err != nil {
			return err
		}
		if s.peek() == ']' {
			s.pos++
			return nil
		}
		if err := s.eat(',', `"," or "]"`); err != nil {
			return err
		}
	}
}

// str reads the string that comes next.
func (s *scanner) str() (string, error) {
	raw, err := s.value()
	if err != nil {
		return "", err
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1]), nil
	}
	var text string
	if json.Unmarshal(raw, &text) != nil {
		s.pos -= len(raw)
		return "", s.broken("a string")
	}
	return text, nil
}
