package io.coapgate.crypto.bench;

import io.coapgate.crypto.jca.CryptoProvider;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One operation, done by each contender in a method of its own: {@code floor} is the bare cryptography with an instance
 * that is made and keyed once, the others start from the message's bytes and a key that was read before.
 *
 * <p>Calls are timed one by one, so that the median says what a call costs that was not interrupted: on a shared machine an
 * average would measure the neighbours.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3, jvmArgsAppend = Operation.COMPILE_AT_ONCE)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public abstract class Operation {

    /** A compiler thread that waits for a busy processor would leave the warm-up to the interpreter. */
    static final String COMPILE_AT_ONCE = "-XX:-BackgroundCompilation";

    /** More than any message here has. */
    static final int MAX_BYTES = 1024;

    /** Who does the asymmetric cryptography, as {@link CryptoProvider} names it. */
    @Param({"jdk", "corretto"})
    public String provider = "";

    /** The provider first, then the operation's own keys and messages. */
    @Setup(Level.Trial)
    public final void setUp() throws Exception {
        CryptoProvider.of(provider).orElseThrow().install();
        prepare();
    }

    abstract void prepare() throws Exception;

    /** Bytes that are the same in each run. */
    static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    /** A benchmark of something that fails would measure its refusal. */
    static void require(boolean accepted) {
        if (!accepted) {
            throw new IllegalStateException("a valid message was refused");
        }
    }
}
