package model

import (
	"cmp"
	"encoding/json"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/example/hazards/pkg/model/identifier"
	"github.com/example/hazards/pkg/model/optional"
	"github.com/example/hazards/pkg/model/text"
	"github.com/example/hazards/pkg/registry"
	"github.com/example/hazards/pkg/validation"
)

// everythingTitlePattern is the form of the title of an everything.
var everythingTitlePattern = validation.NewPattern(`^\S.*$`)

// Everything is an entity that uses the whole vocabulary.
type Everything struct {
	registry.BaseModel
	Tags
	History
	OriginationData
	MLProperties

	// Account that owns it.
	Username string `neo4j:"username" json:"username" desc:"Account that owns it." example:"user@example.com"`

	// Title.
	Title string `neo4j:"title" json:"title" desc:"Title." example:"Some Title"`

	// Nickname.
	Nickname *string `neo4j:"nickname" json:"nickname" desc:"Nickname." example:"nick"`

	// Suffix.
	Suffix string `neo4j:"suffix" json:"suffix" desc:"Suffix." example:"x"`

	// Names of the parts.
	Parts []string `neo4j:"parts" json:"parts" desc:"Names of the parts."`

	// Agent that reported it.
	AgentName string `neo4j:"agent_name" json:"agent_name" desc:"Agent that reported it." example:"agent"`

	// Whether it is flagged.
	Flag bool `neo4j:"flag" json:"flag" desc:"Whether it is flagged."`

	// How many.
	Count int `neo4j:"count" json:"count" desc:"How many." example:"3"`

	// A small number.
	Small int32 `neo4j:"small" json:"small" desc:"A small number." example:"3"`

	// A big number.
	Big int64 `neo4j:"big" json:"big" desc:"A big number." example:"3"`

	// A ratio.
	Ratio float32 `neo4j:"ratio" json:"ratio" desc:"A ratio." example:"0.5"`

	// A score.
	Score *float64 `neo4j:"score" json:"score" desc:"A score." example:"0.5"`

	// Raw bytes.
	Blob []byte `neo4j:"blob" json:"blob" desc:"Raw bytes."`

	// A point in time.
	When time.Time `neo4j:"when" json:"when" desc:"A point in time."`

	// Raw JSON.
	Raw json.RawMessage `neo4j:"raw" json:"raw" desc:"Raw JSON."`

	// Anything.
	Anything any `neo4j:"anything" json:"anything" desc:"Anything."`

	// Labels.
	LabelsByName map[string]string `neo4j:"labels_by_name" json:"labels_by_name" desc:"Labels."`

	// Counts.
	CountsByName map[string]int `neo4j:"counts_by_name" json:"counts_by_name" desc:"Counts."`

	// One piece.
	Piece *Piece `neo4j:"piece" json:"piece" desc:"One piece."`

	// Pieces.
	Pieces []Piece `neo4j:"pieces" json:"pieces" desc:"Pieces."`

	// Pieces by name.
	PieceByName map[string]Piece `neo4j:"piece_by_name" json:"piece_by_name" desc:"Pieces by name."`

	// A matrix.
	Matrix [][]int `neo4j:"matrix" json:"matrix" desc:"A matrix."`

	// Colour.
	Colour Colour `neo4j:"colour" json:"colour" desc:"Colour." example:"red"`

	// Status.
	Status string `neo4j:"status" json:"status" desc:"Status." example:"A"`

	// Severity.
	Severity string `neo4j:"severity" json:"severity" desc:"Severity." example:"high"`

	// Priority derived from the severity.
	Priority int `neo4j:"priority" json:"priority" desc:"Priority derived from the severity."`

	// Group.
	GroupName string `neo4j:"group_name" json:"groupName" desc:"Group." example:"g"`

	// Copy of the title.
	OriginTitle string `neo4j:"origin_title" json:"origin_title" desc:"Copy of the title."`

	// A constant.
	Constant string `neo4j:"constant" json:"constant" desc:"A constant."`

	// Time of the latest change (RFC 3339).
	Touched string `neo4j:"touched" json:"touched" desc:"Time of the latest change (RFC 3339)."`

	// A duration.
	Duration time.Duration `neo4j:"duration,omitempty" json:"duration,omitempty" desc:"A duration."`

	// A UUID.
	UUID string `neo4j:"uuid" json:"uuid" desc:"A UUID."`

	// A secret.
	Password string `neo4j:"-" json:"password" desc:"A secret."`

	// A note that is not stored.
	Note string `neo4j:"-" json:"note,omitempty" desc:"A note that is not stored."`

	// Time of creation (RFC 3339).
	Created string `neo4j:"created" json:"created" desc:"Time of creation (RFC 3339)."`

	// Time of expiry (Unix seconds).
	TTL int64 `neo4j:"ttl" json:"ttl" desc:"Time of expiry (Unix seconds)."`

	// Texts that are not empty.
	ListOfText []string `neo4j:"list_of_text" json:"list_of_text" desc:"Texts that are not empty."`

	// Unique key of the everything.
	Key string `neo4j:"key" json:"key" desc:"Unique key of the everything."`
}

var _ registry.Model = (*Everything)(nil)

func init() {
	registry.Registry.MustRegisterModel(&Everything{}, "every-thing", "all")
}

// NewEverything returns an everything with its defaults set and its key built.
// Its error matches validation.Errors where a part of the key is missing.
func NewEverything(title string) (*Everything, error) {
	var e Everything
	e.Defaulted()
	e.Title = title
	if err := registry.CallHooks(&e); err != nil {
		return nil, err
	}
	return &e, nil
}

// NewEverythingWithNickname returns an everything with its defaults set and its
// key built. Its error matches validation.Errors where a part of the key is
// missing.
func NewEverythingWithNickname(title, nickname string, count int) (*Everything, error) {
	var e Everything
	e.Defaulted()
	e.Title = title
	if nickname != "" {
		e.Nickname = &nickname
	}
	e.Count = count
	if err := registry.CallHooks(&e); err != nil {
		return nil, err
	}
	return &e, nil
}

// GetDescription says what an everything is.
func (e *Everything) GetDescription() string {
	return "An entity that uses the whole vocabulary."
}

// GetKey returns the key, which is empty before the hooks have run.
func (e *Everything) GetKey() string {
	return e.Key
}

// LogValue returns what may be logged, which leaves out every secret.
func (e *Everything) LogValue() slog.Value {
	return slog.StringValue(e.Key)
}

// GetLabels returns the labels of the node in the graph.
func (e *Everything) GetLabels() []string {
	return []string{"Everything", "TTL"}
}

// Standalone marks the type as one that needs no other to make sense.
func (e *Everything) Standalone() {}

// GetPartitionKey returns the key that groups the item with others.
func (e *Everything) GetPartitionKey() string {
	return e.Key
}

// GetAgent returns the name of the agent that works on the value.
func (e *Everything) GetAgent() string {
	return e.Agent
}

// SetUsername sets the account that owns the value.
func (e *Everything) SetUsername(username string) {
	e.Username = username
}

// Defaulted sets the defaults.
func (e *Everything) Defaulted() {
	e.Created = Now()
	e.TTL = Future(12)
	e.UUID = identifier.UUID4()
	e.LabelsByName = map[string]string{}
	e.ListOfText = []string{}
	e.Flag = true
	e.Count = 1
	e.Ratio = 0.25
	e.Status = "P"
	e.Colour = ColourBlue
	e.fillDefaults()
}

// GetHooks returns the steps that complete an everything, in order.
func (e *Everything) GetHooks() []registry.Hook {
	return []registry.Hook{
		{
			Call: func() error {
				e.Title = strings.TrimSpace(e.Title)
				if e.Nickname != nil {
					e.Nickname = new(strings.ReplaceAll(strings.ToLower(strings.TrimSpace(*e.Nickname)), " ", "-"))
				}
				e.Suffix = strings.ToUpper(e.Suffix)
				e.AgentName = text.Kebab(e.AgentName)
				return nil
			},
			Description: "normalise title, nickname, suffix, agent_name",
		},
		{
			Call: func() error {
				e.Constant = "fixed"
				e.OriginTitle = e.Title
				switch e.Severity {
				case "low":
					e.Priority = 10
				case "medium":
					e.Priority = 20
				case "high":
					e.Priority = 30
				default:
					e.Priority = 0
				}
				e.Touched = Now()
				return nil
			},
			Description: "derive constant, origin_title, priority, touched",
		},
		{
			Call:        e.classify,
			Description: "classify",
		},
		{
			Call: func() error {
				titlePart := text.Kebab(e.Title)
				nicknameOrTitle := cmp.Or(optional.Value(e.Nickname), e.Title)
				var checker validation.Checker
				checker.NotEmpty("title", titlePart)
				checker.Check(nicknameOrTitle != "", "nickname", "must not be empty unless title is set")
				if err := checker.Err(); err != nil {
					return err
				}
				before := "#everything#" + titlePart + "#"
				after := ""
				if e.Suffix != "" {
					after += "-" + e.Suffix
				}
				after += "#" + strings.Join(e.Parts, "-")
				room := 512 - len(before) - len(after)
				e.Key = before + text.Truncate(nicknameOrTitle, room) + after
				return nil
			},
			Description: "build key",
		},
	}
}

// Validate reports everything that is wrong, as an error of type
// validation.Errors.
func (e *Everything) Validate() error {
	var checker validation.Checker
	checker.Text("username", e.Username, 1024)
	checker.Text("title", e.Title, 100)
	checker.Excludes("title", e.Title, "#")
	checker.Matches("title", e.Title, everythingTitlePattern)
	if e.Nickname != nil {
		checker.Text("nickname", *e.Nickname, 1024)
		checker.Excludes("nickname", *e.Nickname, "#")
	}
	checker.Text("suffix", e.Suffix, 1024)
	checker.Excludes("suffix", e.Suffix, "#")
	for _, item := range e.Parts {
		checker.Text("parts", item, 1024)
	}
	checker.Text("agent_name", e.AgentName, 1024)
	validation.Range(&checker, "count", e.Count, 0, 100)
	checker.Storable("score", e.Score)
	if e.Score != nil {
		validation.Min(&checker, "score", *e.Score, 0)
	}
	checker.Storable("anything", e.Anything)
	for name, item := range e.LabelsByName {
		checker.Check(name != "", "labels_by_name", "must not hold an empty name")
		checker.Text("labels_by_name", name, 1024)
		checker.Text("labels_by_name", item, 1024)
	}
	for name := range e.CountsByName {
		checker.Check(name != "", "counts_by_name", "must not hold an empty name")
		checker.Text("counts_by_name", name, 1024)
	}
	if e.Piece != nil {
		e.Piece.check(&checker, "piece")
	}
	for _, item := range e.Pieces {
		item.check(&checker, "pieces")
	}
	for _, item := range e.PieceByName {
		item.check(&checker, "piece_by_name")
	}
	for name := range e.PieceByName {
		checker.Check(name != "", "piece_by_name", "must not hold an empty name")
		checker.Text("piece_by_name", name, 1024)
	}
	if e.Colour != "" {
		checker.Check(e.Colour.Valid(), "colour", "must be one of red, dark-green, blue")
	}
	checker.Text("status", e.Status, 1024)
	if e.Severity != "" {
		checker.OneOf("severity", e.Severity, "low", "medium", "high")
	}
	checker.Text("groupName", e.GroupName, 1024)
	checker.Text("origin_title", e.OriginTitle, 1024)
	checker.Text("constant", e.Constant, 1024)
	checker.Text("touched", e.Touched, 1024)
	checker.Text("uuid", e.UUID, 1024)
	checker.Text("password", e.Password, 1024)
	checker.Text("note", e.Note, 1024)
	checker.Text("created", e.Created, 1024)
	for _, item := range e.ListOfText {
		checker.Text("list_of_text", item, 1024)
		checker.NotEmpty("list_of_text", item)
	}
	checker.Text("key", e.Key, 1024)
	checker.HasPrefix("key", e.Key, "#everything#")
	checker.Check(e.Nickname != nil || e.Title != "", "nickname", "must not be empty unless title is set")
	e.checkConsistency(&checker)
	return checker.Err()
}

// Valid reports whether Validate finds nothing wrong.
func (e *Everything) Valid() bool {
	return e.Validate() == nil
}

// Visit takes what a further sighting of the everything tells.
func (e *Everything) Visit(other *Everything) {
	e.OriginationData.Visit(other.OriginationData)
	e.MLProperties.Visit(other.MLProperties)
	if e.Status != "P" {
		e.Status = other.Status
	}
	if e.TTL != 0 {
		e.TTL = other.TTL
	}
	if other.Nickname != nil {
		e.Nickname = other.Nickname
	}
	if e.Suffix == "" {
		e.Suffix = other.Suffix
	}
	e.Flag = e.Flag || other.Flag
	for _, item := range other.ListOfText {
		if !slices.Contains(e.ListOfText, item) {
			e.ListOfText = append(e.ListOfText, item)
		}
	}
	if e.LabelsByName == nil && len(other.LabelsByName) > 0 {
		e.LabelsByName = map[string]string{}
	}
	maps.Copy(e.LabelsByName, other.LabelsByName)
	e.When = other.When
	e.Tags.Visit(other.Tags)
	e.visitExtra(other)
}

// Merge takes what an edit of the everything changes.
func (e *Everything) Merge(other *Everything) {
	e.Tags.Merge(other.Tags)
	e.OriginationData.Merge(other.OriginationData)
	e.MLProperties.Merge(other.MLProperties)
	if e.History.Update(e.Status, other.Status, other.Username, "", other.History) {
		e.Status = other.Status
	}
	if e.LabelsByName == nil && len(other.LabelsByName) > 0 {
		e.LabelsByName = map[string]string{}
	}
	maps.Copy(e.LabelsByName, other.LabelsByName)
	if other.Score != nil {
		e.Score = other.Score
	}
	e.mergeExtra(other)
}

// Part is a part of it.
type Part struct {
	// Name of the part.
	Name string `neo4j:"name" json:"name" desc:"Name of the part."`

	// Size of the part.
	Size *int `neo4j:"size" json:"size" desc:"Size of the part."`
}

// check records what is wrong with the value of a field.
func (p *Part) check(checker *validation.Checker, field string) {
	checker.Text(field+".name", p.Name, 1024)
}

// Piece is a piece of a part.
type Piece struct {
	// Parts of the piece.
	Parts *[]Part `neo4j:"parts" json:"parts" desc:"Parts of the piece."`

	// Colour of the piece.
	Colour *Colour `neo4j:"colour" json:"colour" desc:"Colour of the piece."`
}

// check records what is wrong with the value of a field.
func (p *Piece) check(checker *validation.Checker, field string) {
	for _, item := range optional.Value(p.Parts) {
		item.check(checker, field+".parts")
	}
	if p.Colour != nil {
		checker.Check(p.Colour.Valid(), field+".colour", "must be one of red, dark-green, blue")
	}
}

// Colour is a colour.
type Colour string

// The values of Colour.
const (
	// ColourRed is "red".
	ColourRed Colour = "red"

	// ColourDarkGreen is "dark-green".
	ColourDarkGreen Colour = "dark-green"

	// ColourBlue is "blue".
	ColourBlue Colour = "blue"
)

// ColourValues returns every Colour.
func ColourValues() []Colour {
	return []Colour{
		ColourRed,
		ColourDarkGreen,
		ColourBlue,
	}
}

// Valid reports whether the value is one of the constants.
func (c Colour) Valid() bool {
	return slices.Contains(ColourValues(), c)
}
