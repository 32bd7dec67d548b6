package shop;

import java.security.Principal;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.support.SpringBootServletInitializer;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An application as Spring Boot's documentation makes a WAR of it. */
@SpringBootApplication
@RestController
public class Shop extends SpringBootServletInitializer {
    @Override
    protected SpringApplicationBuilder configure(SpringApplicationBuilder builder) {
        return builder.sources(Shop.class);
    }

    @GetMapping("/hello")
    public String hello(@RequestParam(defaultValue = "world") String name, Principal user) {
        return "Hello " + name + (user == null ? "" : ", I am " + user.getName());
    }

    @PostMapping("/order")
    public String order(@RequestParam String item) {
        return "ordered " + item;
    }
}
