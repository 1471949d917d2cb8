package io.coapgate.simulator.run;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How many requests took how long, in microseconds.
 *
 * @param count of the values
 * @param percentiles in ascending order, finer towards 100, for plotting; empty if there are no values
 * @param histogram all values, as HdrHistogram's compressed V2 encoding in Base64
 */
public record Distribution(long count, Quantiles quantiles, List<Point> percentiles, String histogram) {
    private static final int TICKS_PER_HALF_DISTANCE = 5;

    public Distribution {
        requireNonNull(quantiles, "quantiles");
        requireNonNull(histogram, "histogram");
        percentiles = List.copyOf(percentiles);
    }

    /**
     * So many percent took so long or less.
     *
     * @param percentile 0 to 100
     */
    public record Point(double percentile, long micros) {}

    /** @param micros recorded in microseconds */
    public static Distribution of(Histogram micros) {
        List<Point> points = new ArrayList<>();
        if (micros.getTotalCount() > 0) {
            for (HistogramIterationValue value : micros.percentiles(TICKS_PER_HALF_DISTANCE)) {
                points.add(new Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo()));
            }
        }
        ByteBuffer buffer = ByteBuffer.allocate(micros.getNeededByteBufferCapacity());
        int length = micros.encodeIntoCompressedByteBuffer(buffer);
        String encoded = Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
        return new Distribution(micros.getTotalCount(), Quantiles.of(micros), points, encoded);
    }

    /**
     * All values.
     *
     * @throws IllegalArgumentException if {@link #histogram()} is none
     */
    public Histogram decode() {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(histogram)), 0);
        } catch (DataFormatException | RuntimeException e) {
            throw new IllegalArgumentException("not a compressed histogram in Base64", e);
        }
    }

    /** Its size only. */
    @Override
    public String toString() {
        return "Distribution[count=" + count + ", " + quantiles + "]";
    }
}
