package nmt4j.tensor;

import java.util.function.DoubleSupplier;

/// A row of the table of gradients.
///
/// @param name   of what is differentiated
/// @param error  the largest relative error of a gradient; throws if that is above its limit
record Row(String name, DoubleSupplier error) {
    @Override
    public String toString() {
        return name;
    }
}
