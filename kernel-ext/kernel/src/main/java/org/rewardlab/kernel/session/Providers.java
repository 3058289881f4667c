package org.rewardlab.kernel.session;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** The providers of a service on a class path; one that is named and not there does not hide the others. */
final class Providers {

    private static final int MOST_ERRORS = 100;

    private Providers() {}

    static <T> List<ServiceLoader.Provider<T>> of(
            Class<T> service, ClassLoader loader, Consumer<ServiceConfigurationError> refused) {
        List<ServiceLoader.Provider<T>> found = new ArrayList<>();
        Iterator<ServiceLoader.Provider<T>> each =
                ServiceLoader.load(service, loader).stream().iterator();
        int errors = 0;
        while (errors < MOST_ERRORS) {
            try {
                if (!each.hasNext()) {
                    return found;
                }
                found.add(each.next());
            } catch (ServiceConfigurationError e) {
                refused.accept(e);
                errors++;
            }
        }
        return found;
    }
}
