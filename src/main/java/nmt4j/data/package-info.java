/// Corpora read as streams, and the batches made of them.
///
/// A [Corpus] tokenises its files once into a cache on disk; [Batches] says which
/// pairs form which batch of which epoch, as a function of (seed, epoch) alone; a [BatchStream] reads
/// and packs the next batches while the current one trains.
///
/// **Memory**, whatever the size of the corpus: 8 bytes a pair (where it starts in the cache, and its two lengths), the
/// word tables of the tokenisers (bounded), one pool of a million sort keys (8 MB), and the
/// few batches that are ready ahead of time. The cache is mapped for one batch at a time, so that its pages belong to
/// the system's file cache and not to this process.
package nmt4j.data;
