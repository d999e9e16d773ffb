package nmt4j.training;

import nmt4j.config.TrainingConfig.Precision;
import nmt4j.kernel.Bfloat16Product;

/// What `training.precision` means on the processor that trains.
public final class ProductPrecision {
    private ProductPrecision() {}

    /// The precision itself; for `auto` bfloat16 where products are faster in it.
    public static Precision on(Precision configured) {
        return switch (configured) {
            case FLOAT32, BFLOAT16 -> configured;
            case AUTO -> Bfloat16Product.isFast() ? Precision.BFLOAT16 : Precision.FLOAT32;
        };
    }

    /// For the log of a run in bfloat16: what the processor makes of it.
    public static String ofBfloat16() {
        if (!Bfloat16Product.isNative())
            return "products in bfloat16, which this processor does not have (avx512_bf16, amx_bf16) or is slower in: they are"
                    + " computed from rounded numbers in float32, which is no faster than training.precision float32";
        var products = "products in bfloat16 by " + Bfloat16Product.engine();
        return Bfloat16Product.isFast() ? products
                : products + ", which are no faster than in float32 on this processor";
    }
}
