{# The keys of every entity that have two contents which are equally new (newest_rows). #}
{% macro undecided_keys_of(keys_of_entities) -%}
    {% for entity, keys in keys_of_entities.items() -%}
    select
        '{{ entity }}' as entity_name,
        {% for key in keys -%}
        coalesce(cast({{ key }} as string), 'unknown')
        {%- if not loop.last %} || ' / ' || {% endif %}
        {%- endfor %} as key_text,
        kept_place,
        other_place
    from {{ ref('stg_shop__' ~ entity) }}
    where other_place is not null
    {%- if not loop.last %}

    union all

    {% endif %}
    {%- endfor %}
{%- endmacro %}

{# Rows of every entity, its undecided keys, and the latest day or time that a row names. #}
{% macro counts_of(days_of_entities) -%}
    {% for entity, day in days_of_entities.items() -%}
    {%- set is_date = day is not none and day.endswith('_date') -%}
    select
        '{{ entity }}' as entity_name,
        count(*) as row_count,
        count(other_place) as undecided_key_count,
        cast({{ 'null' if is_date or day is none else 'max(' ~ day ~ ')' }} as timestamp)
            as last_event_at,
        cast({{ 'max(' ~ day ~ ')' if is_date else 'null' }} as date) as last_date
    from {{ ref('stg_shop__' ~ entity) }}
    {%- if not loop.last %}

    union all

    {% endif %}
    {%- endfor %}
{%- endmacro %}
