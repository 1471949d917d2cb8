package io.coapgate.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.coapgate.crypto.cwt.TokenNumbering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumbersFileTest {
    private final Path state;

    NumbersFileTest(@TempDir Path temporary) {
        this.state = temporary.resolve("state");
    }

    private NumbersFile open() throws ConfigException {
        return NumbersFile.open(state, new SecureRandom());
    }

    private Path file() {
        return state.resolve("token-numbers.log");
    }

    @Test
    void eachAudienceIsCountedByItselfFromOneOn() throws Exception {
        NumbersFile numbers = open();
        assertThat(numbers.next("lamp")).isEqualTo(1);
        assertThat(numbers.next("lamp")).isEqualTo(2);
        assertThat(numbers.next("ventil ü 7")).isEqualTo(1);
        assertThat(open().next("lamp")).isEqualTo(3);
        assertThat(open().next("ventil ü 7")).isEqualTo(2);
    }

    @Test
    void aCrashWhileALineIsWrittenCostsThatNumberAtMost() throws Exception {
        assertThat(open().next("lamp")).isEqualTo(1);
        Files.writeString(file(), "bGFtcA 2 01", StandardOpenOption.APPEND);
        assertThat(open().next("lamp")).isEqualTo(2);
        assertThat(open().next("lamp")).isEqualTo(3);
    }

    @Test
    void gatewaysThatShareTheFileGiveNoNumberTwice() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Long> given = Collections.synchronizedList(new ArrayList<>());
        List<Future<?>> counting = new ArrayList<>();
        for (int gateway = 0; gateway < 3; gateway++) {
            NumbersFile numbers = open();
            counting.add(threads.submit(() -> {
                for (int i = 0; i < 30; i++) {
                    given.add(numbers.next("lamp"));
                }
                return null;
            }));
        }
        for (Future<?> one : counting) {
            one.get(2, TimeUnit.MINUTES);
        }
        threads.shutdown();
        assertThat(new HashSet<>(given)).hasSize(90).contains(1L, 90L);
    }

    @Test
    void theFileIsWrittenAnewBeforeItIsMuchTooLong() throws Exception {
        NumbersFile numbers = open();
        for (int i = 0; i < 1_100; i++) {
            numbers.next("lamp");
        }
        assertThat(Files.readAllLines(file())).hasSizeLessThan(200);
        assertThat(open().next("lamp")).isEqualTo(1_101);
    }

    @Test
    void aFileThatIsNotAsItWasWrittenStopsTheStart() throws Exception {
        open().next("lamp");
        Files.writeString(file(), Files.readString(file()).replace("bGFtcA 1", "bGFtcA 0"));
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(this::open)
                .satisfies(e -> assertThat(e.problems().get(0).toString())
                        .endsWith(
                                "token-numbers.log:2:1: is not as it was written; resource servers would refuse lower "
                                        + "numbers: restore the file with its newest lines, or give those audiences other "
                                        + "names and remove it"));
    }

    @Test
    void afterTheLastNumberThereIsNone() throws Exception {
        open().next("lamp");
        CRC32C crc = new CRC32C();
        String line = "bGFtcA " + TokenNumbering.MAX_NUMBER;
        crc.update(line.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Files.writeString(file(), line + " %08x\n".formatted(crc.getValue()), StandardOpenOption.APPEND);
        NumbersFile numbers = open();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> numbers.next("lamp"))
                .withMessage("no number is left for lamp");
        assertThat(numbers.next("valve")).isEqualTo(1);
    }
}
