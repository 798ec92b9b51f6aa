{# A sentence of advice with the part of the garment, the lot and the sizes in their places. #}
{% macro fill_advice(sentence, zone) -%}
    replace(
        replace(
            replace(replace({{ sentence }}, '[zone]', {{ zone }}), '[lot]', lot_text),
            '[from]',
            from_text
        ),
        '[to]',
        to_text
    )
{%- endmacro %}
