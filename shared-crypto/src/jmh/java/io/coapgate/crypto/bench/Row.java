package io.coapgate.crypto.bench;

import java.util.List;
import java.util.stream.Stream;

/**
 * One line of the table.
 *
 * @param algorithm the value of the benchmark's parameter of that name; empty if it has none
 * @param libraries the other libraries that can do this, each a method of the benchmark
 */
record Row(String title, Class<? extends Operation> benchmark, String algorithm, List<String> libraries) {

    static final String FLOOR = "floor";
    static final String COAPGATE = "coapgate";

    Row {
        libraries = List.copyOf(libraries);
    }

    List<String> contenders() {
        return Stream.concat(Stream.of(FLOOR, COAPGATE), libraries.stream()).toList();
    }
}
