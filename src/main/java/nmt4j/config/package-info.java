/// What a run is made of, as records: the JSON file that describes it is read strictly into [nmt4j.config.Config], checked
/// as a whole, and printed back with every default filled in.
///
/// A record component is a JSON key; its [nmt4j.config.Key] holds its default, its range and its meaning, once.
/// A sealed interface is a JSON object with a `type`, which selects the record; Java selects by an exhaustive `switch`.
package nmt4j.config;
