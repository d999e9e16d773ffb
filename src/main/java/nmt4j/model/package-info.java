/// Encoders, decoders and the families of models built of them. Whoever trains or translates sees `TranslationModel`,
/// `Encoder`, `Decoder` and `DecoderState` only; families are named in `ModelFactory`.
package nmt4j.model;
